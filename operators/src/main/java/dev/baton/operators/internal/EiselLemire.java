package dev.baton.operators.internal;

import java.math.BigInteger;

/**
 * Rounds a decimal to the nearest double with one or two 64-bit multiplications by the leading bits
 * of a power of ten, and says so when these do not decide (D. Lemire, "Number parsing at a gigabyte
 * per second", 2021).
 */
final class EiselLemire {
  static final long UNDECIDED = -1;

  private static final int SMALLEST = -348;
  private static final int LARGEST = 347;

  /** The first 128 bits of each power of ten, rounded down: the high half, then the low half. */
  private static final long[] POWERS = new long[2 * (LARGEST - SMALLEST + 1)];

  static {
    for (int e = SMALLEST; e <= LARGEST; e++) {
      BigInteger power = BigInteger.TEN.pow(Math.abs(e));
      int shift = e < 0 ? power.bitLength() + 128 : 128 - power.bitLength();
      BigInteger bits =
          e < 0 ? BigInteger.ONE.shiftLeft(shift).divide(power) : power.shiftLeft(shift);
      bits = bits.shiftRight(bits.bitLength() - 128);
      POWERS[2 * (e - SMALLEST)] = bits.shiftRight(64).longValue();
      POWERS[2 * (e - SMALLEST) + 1] = bits.longValue();
    }
  }

  private EiselLemire() {}

  /**
   * The bits of the double nearest to {@code mantissa * 10^exponent}, or {@link #UNDECIDED}.
   *
   * @param mantissa unsigned
   */
  static long round(long mantissa, int exponent) {
    if (mantissa == 0) {
      return 0;
    }
    if (exponent < SMALLEST || exponent > LARGEST) {
      return UNDECIDED;
    }
    int zeros = Long.numberOfLeadingZeros(mantissa);
    long m = mantissa << zeros;
    long biased = (217706L * exponent >> 16) + 64 + 1023 - zeros;
    int power = 2 * (exponent - SMALLEST);
    long high = multiplyHigh(m, POWERS[power]);
    long low = m * POWERS[power];
    if ((high & 0x1FF) == 0x1FF && Long.compareUnsigned(low + m, m) < 0) {
      long tailHigh = multiplyHigh(m, POWERS[power + 1]);
      long tailLow = m * POWERS[power + 1];
      long merged = low + tailHigh;
      long mergedHigh = Long.compareUnsigned(merged, low) < 0 ? high + 1 : high;
      if ((mergedHigh & 0x1FF) == 0x1FF
          && merged == -1
          && Long.compareUnsigned(tailLow + m, m) < 0) {
        return UNDECIDED;
      }
      high = mergedHigh;
      low = merged;
    }
    int top = (int) (high >>> 63);
    long significand = high >>> (top + 9);
    biased -= 1 ^ top;
    if (low == 0 && (high & 0x1FF) == 0 && (significand & 3) == 1) {
      return UNDECIDED;
    }
    significand += significand & 1;
    significand >>>= 1;
    if (significand >>> 53 != 0) {
      significand >>>= 1;
      biased++;
    }
    // Subnormal and infinite results are rare enough for the JDK.
    if (biased < 1 || biased >= 0x7FF) {
      return UNDECIDED;
    }
    return biased << 52 | significand & (1L << 52) - 1;
  }

  /** The high half of an unsigned product; {@code Math.unsignedMultiplyHigh} is of JDK 18. */
  private static long multiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
  }
}
