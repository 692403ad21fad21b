package dev.baton.operators.io.csv;

/** Eight bytes of text at a time in one 64-bit word, the first character in the lowest byte. */
final class Swar {
  static final long ONES = 0x0101010101010101L;
  static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  static final long ZERO_DIGITS = 0x3030303030303030L;

  private Swar() {}

  /** The byte in all eight places. */
  static long broadcast(int value) {
    return (value & 0xFFL) * ONES;
  }

  /**
   * Non-zero when a byte of {@code word} equals the byte in {@code pattern}. The <em>lowest</em>
   * high bit set marks the first such byte; bits above it mean nothing.
   */
  static long match(long word, long pattern) {
    long x = word ^ pattern;
    return (x - ONES) & ~x & HIGH_BITS;
  }

  /**
   * The high bit of <em>every</em> byte of {@code word} that equals the byte in {@code pattern}.
   */
  static long matches(long word, long pattern) {
    long x = word ^ pattern;
    return ~((x & LOW_BITS) + LOW_BITS | x | LOW_BITS);
  }

  /** The position, 0 to 7, of the first byte that a non-zero {@link #match} found; 8 for zero. */
  static int first(long match) {
    return Long.numberOfTrailingZeros(match) >>> 3;
  }

  static boolean areDigits(long word) {
    return (((word + 0x4646464646464646L) | (word - ZERO_DIGITS)) & HIGH_BITS) == 0;
  }

  /** The number written by eight decimal digits. */
  static long digits(long word) {
    long pairs = word - ZERO_DIGITS;
    pairs = pairs * 10 + (pairs >>> 8);
    long high = (pairs & 0x000000FF000000FFL) * 0x000F424000000064L;
    long low = (pairs >>> 16 & 0x000000FF000000FFL) * 0x0000271000000001L;
    return high + low >>> 32;
  }

  /** The first {@code count} characters, 0 to 7, of a word, with zeros put before them. */
  static long leading(long word, int count) {
    return word << 8 << (56 - (count << 3)) | ZERO_DIGITS >>> (count << 3);
  }
}
