package dev.baton.cli.predict;

import java.util.List;

/**
 * Amdahl's law: a share of the work cannot be done by several workers at once. G. M. Amdahl,
 * "Validity of the single processor approach", AFIPS 1967.
 *
 * @param serial the share, from 0 to 1
 */
public record Amdahl(double serial) {
  /**
   * The law that fits best, by least squares of {@code n / speed-up - 1}, which is linear in the
   * share; null when no point has more than one worker.
   */
  public static Amdahl fit(List<Scaling> points) {
    double xy = 0;
    double xx = 0;
    for (Scaling point : points) {
      double x = point.workers() - 1;
      xy += x * (point.workers() / point.speedup() - 1);
      xx += x * x;
    }
    return xx == 0 ? null : new Amdahl(Math.min(1, Math.max(0, xy / xx)));
  }

  /** How many times faster than one worker so many are. */
  public double speedup(int workers) {
    return 1 / (serial + (1 - serial) / workers);
  }
}
