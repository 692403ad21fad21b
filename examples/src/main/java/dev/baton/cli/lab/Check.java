package dev.baton.cli.lab;

import java.util.Locale;

/**
 * A figure that is expected to lie between two others. Most are ratios, which machines agree on
 * better than on times.
 *
 * @param behaviour the number in {@code docs/lab.md} of the behaviour of CPython it stands for; 0
 *     for none
 * @param what is measured
 * @param python what CPython shows, as text
 * @param measured the figure
 * @param low the least that passes
 * @param high the most that passes; infinite when more is better
 * @param cores how many are needed for it to be possible
 * @param leeway null when the figure must be CPython's here
 */
public record Check(
    int behaviour,
    String what,
    String python,
    double measured,
    double low,
    double high,
    int cores,
    Leeway leeway) {
  public Check {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "tolerance of '" + what + "' must not be empty but was " + low + " to " + high);
    }
  }

  /** A figure that must lie within its tolerance. */
  public Check(
      int behaviour,
      String what,
      String python,
      double measured,
      double low,
      double high,
      int cores) {
    this(behaviour, what, python, measured, low, high, cores, null);
  }

  /**
   * How far a figure may be from CPython's here before that is a failure.
   *
   * @param why it may
   */
  public record Leeway(double low, double high, String why) {}

  /** The same, which is not reproduced rather than a failure within these wider bounds. */
  Check unless(double least, double most, String why) {
    return new Check(
        behaviour, what, python, measured, low, high, cores, new Leeway(least, most, why));
  }

  /** Whether it may be as far from CPython's as it is. */
  boolean mayDiffer() {
    return leeway != null && measured >= leeway.low() && measured <= leeway.high();
  }

  /** Whether the figure lies within its tolerance. */
  boolean holds() {
    return measured >= low && measured <= high;
  }

  /** {@code 0.85 to 1.10}, {@code at least 20}, {@code at most 0.7}. */
  String tolerance() {
    if (high == Double.POSITIVE_INFINITY) {
      return "at least " + figure(low);
    }
    return low <= 0 ? "at most " + figure(high) : figure(low) + " to " + figure(high);
  }

  /** Three digits that matter. */
  static String figure(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
