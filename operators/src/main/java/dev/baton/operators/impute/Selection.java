package dev.baton.operators.impute;

import java.util.Arrays;

/** Finds the value at a place of the sorted order without sorting, by quickselect. */
final class Selection {
  private static final long SIGN = Long.MIN_VALUE;

  private Selection() {}

  /**
   * The value that {@link Arrays#sort} would put at {@code place}. No value is NaN.
   *
   * @param count how many of {@code values} count; they are reordered
   */
  static double nth(double[] values, int count, int place) {
    int low = 0;
    int high = count - 1;
    // Bad luck with pivots ends in sorting what is left.
    for (int rounds = 64; low < high && rounds > 0; rounds--) {
      double pivot = pivot(values, low, high);
      int i = low;
      int j = high;
      while (i <= j) {
        while (less(values[i], pivot)) {
          i++;
        }
        while (less(pivot, values[j])) {
          j--;
        }
        if (i <= j) {
          double swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (place <= j) {
        high = j;
      } else if (place >= i) {
        low = i;
      } else {
        return values[place];
      }
    }
    if (low < high) {
      Arrays.sort(values, low, high + 1);
    }
    return values[place];
  }

  /** The middle one of the first, the middle and the last value. */
  private static double pivot(double[] values, int low, int high) {
    double a = values[low];
    double b = values[(low + high) >>> 1];
    double c = values[high];
    if (less(a, b)) {
      return less(b, c) ? b : less(a, c) ? c : a;
    }
    return less(a, c) ? a : less(b, c) ? c : b;
  }

  /** In the order of sorting: -0.0 comes before 0.0. */
  private static boolean less(double a, double b) {
    return a < b
        || (a == b
            && (Double.doubleToRawLongBits(a) & SIGN) != 0
            && b == 0
            && (Double.doubleToRawLongBits(b) & SIGN) == 0);
  }
}
