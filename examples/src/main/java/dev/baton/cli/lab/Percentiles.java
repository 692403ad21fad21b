package dev.baton.cli.lab;

import java.util.Arrays;

/** Times by how many are shorter. */
final class Percentiles {
  private long[] nanos = new long[1024];
  private int count;

  void add(long time) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = time;
  }

  void addAll(Percentiles other) {
    for (int i = 0; i < other.count; i++) {
      add(other.nanos[i]);
    }
  }

  /** How many there are in a second when they follow each other. */
  double perSecond() {
    return count / (Arrays.stream(nanos, 0, count).sum() / 1e9);
  }

  /**
   * The time that the given share of all do not exceed, in milliseconds.
   *
   * @param share from 0 to 1
   */
  double millis(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int at = (int) Math.ceil(share * count) - 1;
    return sorted[Math.max(0, at)] / 1e6;
  }
}
