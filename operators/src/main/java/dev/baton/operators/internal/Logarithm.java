package dev.baton.operators.internal;

/**
 * Logarithms in Java arithmetic alone, so that every JVM gives the same bits; that of 1 + x is
 * several times as fast as {@link Math#log1p} on JDK 17.
 *
 * <p>The method and its coefficients are those of FDLIBM's {@code s_log1p.c} and {@code e_log.c}
 * (Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunSoft, a Sun
 * Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is
 * freely granted, provided that this notice is preserved).
 */
public final class Logarithm {
  private static final double LN2 = 0.6931471805599453;
  private static final double LN2_HIGH = 0.6931471803691238;
  private static final double LN2_LOW = 1.9082149292705877e-10;
  private static final double C1 = 0.6666666666666735;
  private static final double C2 = 0.3999999999940942;
  private static final double C3 = 0.2857142874366239;
  private static final double C4 = 0.22222198432149784;
  private static final double C5 = 0.1818357216161805;
  private static final double C6 = 0.15313837699209373;
  private static final double C7 = 0.14798198605116586;

  /** The bits of the square root of one half, cut to their upper word. */
  private static final long HALF_ROOT = 0x3FE6A09EL << 32;

  private static final long ONE = 0x3FF00000L << 32;

  private Logarithm() {}

  /** The logarithms of 1 + 0, 1 + 1, … for counts, which most integer columns are. */
  public static double[] table() {
    return Table.VALUES;
  }

  /** Filled when the first integer column comes. */
  private static final class Table {
    static final double[] VALUES = new double[1 << 16];

    static {
      for (int i = 0; i < VALUES.length; i++) {
        VALUES[i] = log1p(i);
      }
    }
  }

  /** The logarithm of 1 + x. */
  public static double log1p(double x) {
    if (!(x > -1 && x < Double.POSITIVE_INFINITY)) {
      return x == -1 ? Double.NEGATIVE_INFINITY : x > 0 ? x : Double.NaN;
    }
    if (x > -0.2929 && x < 0.4142) {
      // 1 + x needs no scaling to lie between the roots of 1/2 and 2. Tiny values would lose -0.0.
      return Math.abs(x) < 0x1p-54 ? x : near(x, 0, 0);
    }
    // 1 + x = 2^k * (1 + f), plus what is lost when adding 1.
    double u = 1 + x;
    long bits = Double.doubleToRawLongBits(u) + (ONE - HALF_ROOT);
    int k = (int) (bits >> 52) - 0x3FF;
    double lost = k >= 2 ? 1 - (u - x) : x - (u - 1);
    double f = Double.longBitsToDouble((bits & 0x000FFFFFFFFFFFFFL) + HALF_ROOT) - 1;
    return near(f, k, k < 54 ? lost / u : 0);
  }

  /** The natural logarithm of x. */
  public static double log(double x) {
    if (!(x > 0 && x < Double.POSITIVE_INFINITY)) {
      return x == 0 ? Double.NEGATIVE_INFINITY : x > 0 ? x : Double.NaN;
    }
    return near(fraction(x), exponent(x), 0);
  }

  /** The logarithm of x to base 2; exact for powers of 2. */
  public static double log2(double x) {
    if (!(x > 0 && x < Double.POSITIVE_INFINITY)) {
      return log(x);
    }
    return exponent(x) + near(fraction(x), 0, 0) / LN2;
  }

  /** The k of x = 2^k * (1 + f), where 1 + f lies between the roots of 1/2 and 2. */
  private static int exponent(double x) {
    boolean tiny = x < Double.MIN_NORMAL;
    long bits = Double.doubleToRawLongBits(tiny ? x * 0x1p54 : x) + (ONE - HALF_ROOT);
    return (int) (bits >> 52) - 0x3FF - (tiny ? 54 : 0);
  }

  private static double fraction(double x) {
    double normal = x < Double.MIN_NORMAL ? x * 0x1p54 : x;
    long bits = Double.doubleToRawLongBits(normal) + (ONE - HALF_ROOT);
    return Double.longBitsToDouble((bits & 0x000FFFFFFFFFFFFFL) + HALF_ROOT) - 1;
  }

  /** The logarithm of 2^k * (1 + f), plus a small rest. */
  private static double near(double f, int k, double rest) {
    double half = 0.5 * f * f;
    double s = f / (2 + f);
    double z = s * s;
    double w = z * z;
    double even = w * (C2 + w * (C4 + w * C6));
    double odd = z * (C1 + w * (C3 + w * (C5 + w * C7)));
    return s * (half + (even + odd)) + (k * LN2_LOW + rest) - half + f + k * LN2_HIGH;
  }
}
