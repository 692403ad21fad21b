package dev.baton.operators.encode;

import dev.baton.operators.internal.IntSort;

/** Which categories are too rare to stand alone, by scikit-learn's rules. */
final class RareCategories {
  private RareCategories() {}

  /**
   * @param counts how often each category occurs, in sorted order of the categories
   * @param minFrequency categories that occur less often are rare; 0 and 1 spare all
   * @param maxCategories the most groups to form, that of the rare ones included; 0 for no limit.
   *     Of equally frequent categories those that sort last are spared
   */
  static boolean[] find(long[] counts, long minFrequency, int maxCategories) {
    boolean[] rare = new boolean[counts.length];
    int spared = 0;
    for (int i = 0; i < counts.length; i++) {
      rare[i] = counts[i] < minFrequency;
      spared += rare[i] ? 0 : 1;
    }
    if (maxCategories > 0 && maxCategories < spared + 1) {
      int[] byCount = IntSort.order(counts.length, (a, b) -> Long.compare(counts[a], counts[b]));
      for (int i = 0; i < counts.length - (maxCategories - 1); i++) {
        rare[byCount[i]] = true;
      }
    }
    return rare;
  }

  /**
   * How often a category must at least occur among so many rows.
   *
   * @param minFrequency below 1 a share of the rows, else a count
   */
  static long least(double minFrequency, long rows) {
    return (long) Math.ceil(minFrequency < 1 ? rows * minFrequency : minFrequency);
  }

  static void checkFrequency(int minFrequency) {
    if (minFrequency < 0) {
      throw new IllegalArgumentException(
          "minFrequency must be at least 0 but was " + minFrequency + "; 0 or 1 turns it off");
    }
  }

  static void check(double minFrequency, int maxCategories) {
    if (!(minFrequency >= 0 && (minFrequency < 1 || minFrequency == (int) minFrequency))) {
      throw new IllegalArgumentException(
          "minFrequency must be a whole number of rows or a share of them below 1 but was "
              + minFrequency
              + "; 0 or 1 turns it off");
    }
    if (maxCategories < 0) {
      throw new IllegalArgumentException(
          "maxCategories must be at least 0 but was " + maxCategories + "; 0 means no limit");
    }
  }
}
