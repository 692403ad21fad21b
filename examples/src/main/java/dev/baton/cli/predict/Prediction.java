package dev.baton.cli.predict;

import java.util.List;

/**
 * How fast a kind of run would be with other numbers of workers, each with a core.
 *
 * @param name of the series
 * @param from the number of workers that it was predicted from
 * @param points by number of workers
 * @param checks where it was measured too
 * @param amdahl the fitted law, or null where one point is not enough
 * @param usl the fitted law, or null where two points are not enough
 */
public record Prediction(
    String name, int from, List<Point> points, List<Check> checks, Amdahl amdahl, Usl usl) {
  public Prediction {
    points = List.copyOf(points);
    checks = List.copyOf(checks);
  }

  /**
   * One predicted point.
   *
   * @param speedup over the baseline
   * @param low the lower end of the error band
   * @param high the upper end
   */
  public record Point(int workers, double speedup, double low, double high) {}

  /** A prediction beside what was measured; both are speed-ups over the baseline. */
  public record Check(int workers, double predicted, double measured) {
    /** How far the prediction is off, as a part of what was measured. */
    public double error() {
      return predicted / measured - 1;
    }
  }

  /** The predicted speed-up with so many workers. */
  public double speedup(int workers) {
    return points.stream()
        .filter(point -> point.workers() == workers)
        .findFirst()
        .orElseThrow()
        .speedup();
  }
}
