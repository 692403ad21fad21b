package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Lz4;

/** Unpacks pages that are LZ4 blocks; every length is checked. */
final class Lz4Pages {
  private Lz4Pages() {}

  /** One block; returns how many bytes it has made, at most {@code size}. */
  static long block(long in, long length, long out, long size) throws CorruptException {
    long made = Lz4.unpack(in, length, out, out, size);
    if (made == Lz4.CORRUPT) {
      throw new CorruptException("its lz4 data is corrupt");
    }
    return made;
  }

  /** Hadoop's frames or, as some writers left them away, one block. */
  static long older(long in, long length, long out, long size) throws CorruptException {
    long made = framed(in, length, out, size);
    return made == size ? made : block(in, length, out, size);
  }

  /**
   * Sizes of a block, plain and packed, as big-endian integers before each.
   *
   * @return how many bytes it has made, or {@link Lz4#CORRUPT}
   */
  private static long framed(long in, long length, long out, long size) {
    long at = in;
    long made = 0;
    while (at < in + length) {
      if (in + length - at < 8) {
        return Lz4.CORRUPT;
      }
      long plain = Integer.reverseBytes(Memory.getInt(at)) & 0xFFFF_FFFFL;
      long packed = Integer.reverseBytes(Memory.getInt(at + 4)) & 0xFFFF_FFFFL;
      long to = out + made;
      if (packed > in + length - at - 8
          || plain > size - made
          || Lz4.unpack(at + 8, packed, to, to, plain) != plain) {
        return Lz4.CORRUPT;
      }
      at += 8 + packed;
      made += plain;
    }
    return made;
  }
}
