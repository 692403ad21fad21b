package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;

/** Eight bytes of text at a time in one 64-bit word, the first character in the lowest byte. */
public final class Swar {
  static final long ONES = 0x0101010101010101L;
  public static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  public static final long ZERO_DIGITS = 0x3030303030303030L;

  private Swar() {}

  /** The byte in all eight places. */
  public static long broadcast(int value) {
    return (value & 0xFFL) * ONES;
  }

  /**
   * Non-zero when a byte of {@code word} equals the byte in {@code pattern}. The <em>lowest</em>
   * high bit set marks the first such byte; bits above it mean nothing.
   */
  public static long match(long word, long pattern) {
    long x = word ^ pattern;
    return (x - ONES) & ~x & HIGH_BITS;
  }

  /**
   * The high bit of <em>every</em> byte of {@code word} that equals the byte in {@code pattern}.
   */
  public static long matches(long word, long pattern) {
    long x = word ^ pattern;
    return ~((x & LOW_BITS) + LOW_BITS | x | LOW_BITS);
  }

  /** A bit for each byte, the lowest for the first, from the high bits of {@link #matches}. */
  public static long bits(long matches) {
    return (matches >>> 7) * 0x0102040810204080L >>> 56;
  }

  /** The position, 0 to 7, of the first byte that a non-zero {@link #match} found; 8 for zero. */
  public static int first(long match) {
    return Long.numberOfTrailingZeros(match) >>> 3;
  }

  /** Whether all eight bytes are decimal digits. */
  public static boolean areDigits(long word) {
    return (((word + 0x4646464646464646L) | (word - ZERO_DIGITS)) & HIGH_BITS) == 0;
  }

  /** Whether all eight bytes are from 0 to 9, and none of {@code more} has its high bit set. */
  public static boolean areBelowTen(long word, long more) {
    return ((word + 0x7676767676767676L | word | more) & HIGH_BITS) == 0;
  }

  /** The number written by eight decimal digits. */
  public static long digits(long word) {
    return number(word - ZERO_DIGITS);
  }

  /**
   * The number whose eight decimal digits are the bytes, from 0 to 9, the first in the lowest byte.
   */
  public static long number(long digits) {
    long pairs = digits * 2561 >>> 8 & 0x00FF00FF00FF00FFL;
    long fours = pairs * 6_553_601 >>> 16 & 0x0000FFFF0000FFFFL;
    return fours * 42_949_672_960_001L >>> 32;
  }

  /** The first {@code count} characters, 0 to 7, of a word, with zeros put before them. */
  public static long leading(long word, int count) {
    return word << 8 << (56 - (count << 3)) | ZERO_DIGITS >>> (count << 3);
  }

  /** The first up to eight of {@code length} bytes, padded with zeros; reads no byte beyond. */
  public static long word(long address, int length) {
    if (length >= 8) {
      return Memory.getLong(address);
    }
    if (length >= 4) {
      long low = Memory.getInt(address) & 0xFFFFFFFFL;
      long high = Memory.getInt(address + length - 4) & 0xFFFFFFFFL;
      return low | high << (length - 4 << 3);
    }
    if (length >= 2) {
      long low = Memory.getShort(address) & 0xFFFFL;
      return low | (Memory.getByte(address + length - 1) & 0xFFL) << (length - 1 << 3);
    }
    return length == 1 ? Memory.getByte(address) & 0xFFL : 0;
  }
}
