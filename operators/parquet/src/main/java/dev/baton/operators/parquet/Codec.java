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
  private static final int LEAST_SAMPLED = 4096;
  private static final int LITERAL = 1 << 16;
  private static final int LITERAL_OF_TWO_BYTES = 61 << 2;

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
          case SNAPPY -> snappy(source, length, target);
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

  /**
   * What does not get smaller is stored as it is, as the format allows: an eighth of the page, from
   * its middle, tells. Packed numbers and the bytes of floats seldom do, and trying takes time.
   */
  private static long snappy(long source, int length, GrowingBuffer target) throws IOException {
    long to = target.room(Snappy.maxCompressedLength(length));
    if (length >= LEAST_SAMPLED) {
      int sample = length / 8;
      long made = Snappy.rawCompress(source + (length - sample) / 2, sample, to);
      if (made > sample - sample / 10) {
        return literals(source, length, to);
      }
    }
    return Snappy.rawCompress(source, length, to);
  }

  /** Snappy without a search: pieces of 64 KiB, each behind its length less one. */
  private static long literals(long source, int length, long to) {
    long at = Levels.varint(length, to);
    for (int done = 0; done < length; done += LITERAL) {
      int some = Math.min(LITERAL, length - done);
      Memory.putInt(at, LITERAL_OF_TWO_BYTES | (some - 1) << 8);
      Memory.copy(source + done, at + 3, some);
      at += 3L + some;
    }
    return at - to;
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
