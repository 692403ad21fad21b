package dev.baton.operators.combine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A sum of doubles without rounding, from which values can also be taken away again; {@link #value}
 * rounds once. So it depends neither on the order of the values nor on how they were cut into
 * parts.
 *
 * <p>It is held as a few doubles that do not overlap, in ascending magnitude, after J. R. Shewchuk,
 * Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates, 1997.
 * Infinities are counted. Values so large that their sum might overflow are held apart, scaled
 * down.
 */
final class ExactSum {
  private static final double HUGE = 0x1p960;
  private static final double SCALE = 0x1p-500;
  private static final BigDecimal UNSCALE = new BigDecimal(BigInteger.TWO.pow(500));

  private double[] parts = new double[2];
  private int size;
  private long infinite;
  private long negativeInfinite;
  private ExactSum huge;

  /** Adds a value that is not NaN. */
  void add(double value) {
    count(value, 1);
  }

  /** Takes a value away that was added. */
  void remove(double value) {
    count(value, -1);
  }

  private void count(double value, int times) {
    if (Math.abs(value) < HUGE) {
      addFinite(times * value);
    } else if (value == Double.POSITIVE_INFINITY) {
      infinite += times;
    } else if (value == Double.NEGATIVE_INFINITY) {
      negativeInfinite += times;
    } else {
      huge = huge == null ? new ExactSum() : huge;
      huge.addFinite(times * value * SCALE);
    }
  }

  private void addFinite(double value) {
    double high = value;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      double part = parts[i];
      double sum = high + part;
      double virtual = sum - high;
      double low = (high - (sum - virtual)) + (part - virtual);
      if (low != 0) {
        parts[kept++] = low;
      }
      high = sum;
    }
    if (high != 0) {
      if (kept == parts.length) {
        parts = Arrays.copyOf(parts, 2 * kept);
      }
      parts[kept++] = high;
    }
    size = kept;
  }

  /** Adds all values of another sum. */
  void add(ExactSum other) {
    for (int i = 0; i < other.size; i++) {
      addFinite(other.parts[i]);
    }
    infinite += other.infinite;
    negativeInfinite += other.negativeInfinite;
    if (other.huge != null) {
      huge = huge == null ? new ExactSum() : huge;
      huge.add(other.huge);
    }
  }

  /** The double nearest to the sum, of two the even one; 0.0 for no values. */
  double value() {
    if (infinite > 0 || negativeInfinite > 0) {
      return infinite == 0
          ? Double.NEGATIVE_INFINITY
          : negativeInfinite == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    if (huge != null && huge.size > 0) {
      return exact().add(huge.exact().multiply(UNSCALE)).doubleValue();
    }
    return rounded();
  }

  private BigDecimal exact() {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < size; i++) {
      sum = sum.add(new BigDecimal(parts[i]));
    }
    return sum;
  }

  private double rounded() {
    if (size == 0) {
      return 0;
    }
    int i = size - 1;
    double sum = parts[i];
    double low = 0;
    while (i > 0 && low == 0) {
      double high = sum;
      double part = parts[--i];
      sum = high + part;
      low = part - (sum - high);
    }
    // What is left lies exactly between two doubles: the next part says to which side it belongs.
    if (i > 0 && (low < 0) == (parts[i - 1] < 0)) {
      double twice = low * 2;
      double moved = sum + twice;
      if (moved - sum == twice) {
        return moved;
      }
    }
    return sum;
  }

  /** Appends its content for {@link #read}. */
  void write(LongList out) {
    out.add(infinite);
    out.add(negativeInfinite);
    out.add((long) size);
    for (int i = 0; i < size; i++) {
      out.add(parts[i]);
    }
    out.add(huge == null ? 0L : 1L);
    if (huge != null) {
      huge.write(out);
    }
  }

  /** Takes over what was written at {@code at}; gives where it ended. */
  int read(LongList in, int at) {
    infinite = in.get(at);
    negativeInfinite = in.get(at + 1);
    size = (int) in.get(at + 2);
    int next = at + 3;
    parts = new double[Math.max(2, size)];
    for (int i = 0; i < size; i++) {
      parts[i] = Double.longBitsToDouble(in.get(next++));
    }
    boolean hasHuge = in.get(next++) != 0;
    huge = hasHuge ? new ExactSum() : null;
    return hasHuge ? huge.read(in, next) : next;
  }
}
