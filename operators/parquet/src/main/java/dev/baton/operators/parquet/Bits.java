package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;

/**
 * Bitmaps that start at any bit. Whole words are read and written, so there must be eight bytes
 * more behind the last bit on both sides.
 */
final class Bits {
  /** So many bits at any bit of a byte lie in one word. */
  private static final int PIECE = 56;

  private Bits() {}

  /**
   * Copies bits from {@code sourceBit}, counted from address 0, into a bitmap that has zeros there;
   * returns how many are set.
   */
  static int copy(long sourceBit, long bitmap, int first, int count) {
    int ones = 0;
    for (int done = 0; done < count; done += PIECE) {
      int some = Math.min(PIECE, count - done);
      long word = get(sourceBit + done, some);
      ones += Long.bitCount(word);
      or(bitmap, first + done, word);
    }
    return ones;
  }

  /** Sets bits. */
  static void set(long bitmap, int first, int count) {
    for (int done = 0; done < count; done += PIECE) {
      or(bitmap, first + done, (1L << Math.min(PIECE, count - done)) - 1);
    }
  }

  /** Up to 56 bits from {@code bit}, counted from address 0. */
  static long get(long bit, int count) {
    return Memory.getLong(bit >>> 3) >>> (bit & 7) & (1L << count) - 1;
  }

  private static void or(long bitmap, int first, long word) {
    long at = bitmap + (first >>> 3);
    Memory.putLong(at, Memory.getLong(at) | word << (first & 7));
  }
}
