package dev.baton.cli.compare;

/** The median of figures. */
public final class Medians {
  private Medians() {}

  /** The middle one, or the mean of the two in the middle. */
  public static double of(double... figures) {
    double[] sorted = figures.clone();
    java.util.Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
