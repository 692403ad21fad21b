package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Lz4;

/** Unpacks pages that are LZ4 blocks; every length is checked. */
final class Lz4Pages {
  private Lz4Pages() {}

  /** One block; returns how many bytes it has made, at most {@code size}. */
  static long block(long in, long length, long out, long size) throws CorruptException {
    long made = Lz4.unpack(in, length, out, out, size);
    check(made != Lz4.CORRUPT);
    return made;
  }

  /** Hadoop's framing: sizes of a block, plain and packed, as big-endian integers before each. */
  static long framed(long in, long length, long out, long size) throws CorruptException {
    long at = in;
    long made = 0;
    while (at < in + length) {
      check(in + length - at >= 8);
      long plain = Integer.reverseBytes(Memory.getInt(at)) & 0xFFFF_FFFFL;
      long packed = Integer.reverseBytes(Memory.getInt(at + 4)) & 0xFFFF_FFFFL;
      check(packed <= in + length - at - 8 && plain <= size - made);
      check(block(at + 8, packed, out + made, plain) == plain);
      at += 8 + packed;
      made += plain;
    }
    return made;
  }

  private static void check(boolean fits) throws CorruptException {
    if (!fits) {
      throw new CorruptException("its lz4 data is corrupt");
    }
  }
}
