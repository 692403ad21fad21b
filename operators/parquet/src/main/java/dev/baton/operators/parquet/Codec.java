package dev.baton.operators.parquet;

import com.github.luben.zstd.Zstd;
import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Lz4;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** How the pages of a file are compressed. */
public enum Codec {
  /** Fast, and read by everyone. */
  SNAPPY(CompressionCodec.SNAPPY),
  /** Smaller, at level 1; slower to write. */
  ZSTD(CompressionCodec.ZSTD),
  /** About as small as snappy and faster to unpack; newer readers only know it. */
  LZ4(CompressionCodec.LZ4_RAW),
  /** For old readers. */
  GZIP(CompressionCodec.GZIP),
  NONE(CompressionCodec.UNCOMPRESSED);

  private static final int ZSTD_LEVEL = 1;
  private static final int GZIP_FRAME = 18;

  private final CompressionCodec format;

  Codec(CompressionCodec format) {
    this.format = format;
  }

  CompressionCodec format() {
    return format;
  }

  /** Packs bytes and appends them to {@code target}; returns how many they have become. */
  int pack(long source, int length, GrowingBuffer target) throws IOException {
    long made =
        switch (this) {
          case SNAPPY ->
              Snappy.rawCompress(source, length, target.room(Snappy.maxCompressedLength(length)));
          case ZSTD -> zstd(source, length, target);
          case LZ4 -> new Lz4.Packer().pack(source, length, target.room(Lz4.bound(length)));
          case GZIP -> gzip(source, length, target);
          case NONE -> {
            Memory.copy(source, target.room(length), length);
            yield length;
          }
        };
    target.advance(made);
    return (int) made;
  }

  private static long zstd(long source, int length, GrowingBuffer target) throws IOException {
    long room = Zstd.compressBound(length);
    long made = Zstd.compressUnsafe(target.room(room), room, source, length, ZSTD_LEVEL);
    if (Zstd.isError(made)) {
      throw new IOException("zstd cannot compress a page: " + Zstd.getErrorName(made));
    }
    return made;
  }

  private static long gzip(long source, int length, GrowingBuffer target) throws IOException {
    byte[] bytes = new byte[length];
    Memory.copyToArray(source, bytes, 0, length);
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] packed = new byte[length + length / 1000 + 64 + GZIP_FRAME];
      ByteBuffer out = ByteBuffer.wrap(packed).order(java.nio.ByteOrder.LITTLE_ENDIAN);
      out.put(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0});
      deflater.deflate(out);
      out.putInt((int) checksum.getValue()).putInt(length);
      Memory.copyFromArray(packed, 0, target.room(out.position()), out.position());
      return out.position();
    } finally {
      deflater.end();
    }
  }
}
