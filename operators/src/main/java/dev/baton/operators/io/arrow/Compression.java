package dev.baton.operators.io.arrow;

import com.github.luben.zstd.Zstd;
import dev.baton.engine.source.SourceException;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.NoCompressionCodec;

/** How the bodies of record batches are compressed. */
public enum Compression {
  /** Not at all, so that files can be mapped; the default. */
  NONE,
  /** Fast. */
  LZ4,
  /** Smaller, at level 1; needs the artifact zstd-jni. */
  ZSTD;

  /** The codec that a file names. */
  static Compression of(byte type, String place) throws SourceException {
    Compression found =
        type == CompressionType.LZ4_FRAME ? LZ4 : type == CompressionType.ZSTD ? ZSTD : null;
    if (found == null) {
      throw new SourceException(
          place + ": the body is compressed with codec " + type + ", which is unknown");
    }
    found.check(place);
    return found;
  }

  /** Fails when a library is missing. */
  void check(String place) throws SourceException {
    if (this != ZSTD) {
      return;
    }
    try {
      Zstd.maxCompressionLevel();
    } catch (NoClassDefFoundError e) {
      throw new SourceException(
          place + ": zstd needs the artifact com.github.luben:zstd-jni, or use lz4", e);
    }
  }

  /** A codec of Arrow's for one worker. */
  CompressionCodec codec() {
    return this == NONE ? NoCompressionCodec.INSTANCE : new BodyCodec(this);
  }
}
