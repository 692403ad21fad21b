package dev.baton.operators.bin;

/** Finds the interval of a number. */
final class Bins {
  private Bins() {}

  /**
   * The last place whose edge is not more than {@code x}; 0 when all are. The last edge does not
   * count.
   */
  static int find(double[] edges, double x) {
    int low = 0;
    int high = edges.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (edges[middle] <= x) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
