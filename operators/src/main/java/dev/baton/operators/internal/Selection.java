package dev.baton.operators.internal;

import java.util.Arrays;

/**
 * Finds the value at a place of the sorted order without sorting: values are counted by their upper
 * sixteen bits, those of the one bucket that holds the place by their next sixteen, and so on. The
 * time is linear in the number of values whatever they are.
 */
public final class Selection {
  private static final int DIGIT = 16;

  /** As many values are sorted in less time than buckets take. */
  private static final int FEW = 1 << 11;

  private Selection() {}

  /**
   * The value that {@link Arrays#sort} would put at {@code place}. No value is NaN.
   *
   * @param count how many of {@code values} count; they stay as they are
   */
  public static double nth(double[] values, int count, int place) {
    if (count <= FEW) {
      double[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      return sorted[place];
    }
    int shift = Long.SIZE - DIGIT;
    int[] sizes = new int[1 << DIGIT];
    for (int i = 0; i < count; i++) {
      sizes[(int) (key(values[i]) >>> shift)]++;
    }
    int digit = digit(sizes, place);
    int before = before(sizes, digit);
    // One more, for each key is written before it is known to belong.
    long[] keys = new long[sizes[digit] + 1];
    int size = 0;
    for (int i = 0; i < count; i++) {
      keys[size] = key(values[i]);
      size += keys[size] >>> shift == digit ? 1 : 0;
    }
    return value(nth(keys, size, place - before, shift));
  }

  /** The same of keys that have all bits from {@code shift} up in common. */
  private static long nth(long[] keys, int size, int place, int shift) {
    int[] sizes = new int[1 << DIGIT];
    while (shift > 0) {
      shift -= DIGIT;
      Arrays.fill(sizes, 0);
      for (int i = 0; i < size; i++) {
        sizes[(int) (keys[i] >>> shift) & sizes.length - 1]++;
      }
      int digit = digit(sizes, place);
      place -= before(sizes, digit);
      int kept = 0;
      for (int i = 0; i < size; i++) {
        keys[kept] = keys[i];
        kept += ((int) (keys[i] >>> shift) & sizes.length - 1) == digit ? 1 : 0;
      }
      size = kept;
    }
    return keys[0];
  }

  /** The bucket that holds a place. */
  private static int digit(int[] sizes, int place) {
    int digit = 0;
    for (int end = sizes[0]; end <= place; end += sizes[digit]) {
      digit++;
    }
    return digit;
  }

  private static int before(int[] sizes, int digit) {
    int before = 0;
    for (int i = 0; i < digit; i++) {
      before += sizes[i];
    }
    return before;
  }

  /** Unsigned, in the order of sorting: -0.0 comes before 0.0. */
  private static long key(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return bits ^ (bits >> 63 | Long.MIN_VALUE);
  }

  private static double value(long key) {
    return Double.longBitsToDouble(key ^ (~key >> 63 | Long.MIN_VALUE));
  }
}
