package dev.baton.operators.io;

import com.github.luben.zstd.ZstdInputStream;
import dev.baton.engine.source.SourceException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.GZIPInputStream;

/** How a file is compressed, which shows in its first bytes whatever its name is. */
enum Packing {
  GZIP,
  ZSTD;

  private static final int BUFFER = 128 * 1024;
  private static final int GZIP_MAGIC = 0x1F8B;
  private static final int ZSTD_MAGIC = 0x28B52FFD;

  /** The packing of a file, or null when it is not compressed. */
  static Packing of(InputFile file) throws IOException {
    ByteBuffer magic = ByteBuffer.allocate(4);
    if (file.stream() != null) {
      file.stream().open().readNBytes(magic.array(), 0, 4);
    } else if (file.size() >= 4) {
      try (FileChannel channel = file.channel()) {
        file.read(channel, magic, 0);
      }
    }
    if (magic.getShort(0) == (short) GZIP_MAGIC) {
      return GZIP;
    }
    return magic.getInt(0) == ZSTD_MAGIC ? ZSTD : null;
  }

  /** Unpacks from a stream, which it closes. */
  InputStream open(InputFile file, InputStream raw) throws IOException {
    InputStream packed = new BufferedInputStream(raw, BUFFER);
    try {
      return this == GZIP ? new GZIPInputStream(packed, BUFFER) : new ZstdInputStream(packed);
    } catch (IOException | NoClassDefFoundError e) {
      raw.close();
      throw failed(file, e);
    }
  }

  /** Says what is wrong with the file. */
  SourceException failed(InputFile file, Throwable e) {
    String what;
    if (e instanceof NoClassDefFoundError) {
      what = " is compressed with zstd; add the artifact com.github.luben:zstd-jni, or unpack it";
    } else if (e instanceof EOFException || String.valueOf(e.getMessage()).contains("Truncated")) {
      what = " is cut off: its " + name().toLowerCase(java.util.Locale.ROOT) + " data has no end";
    } else {
      what = " is damaged: it cannot be unpacked (" + e.getMessage() + ")";
    }
    return new SourceException(file.path() + what, e);
  }
}
