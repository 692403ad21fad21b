package dev.baton.cli.predict;

import java.util.List;

/**
 * The Universal Scalability Law: besides what is serial, workers pay for agreeing with each other,
 * so that more of them can be slower. N. J. Gunther, "Guerrilla Capacity Planning", 2007.
 *
 * @param contention the share of the work that waits for others, sigma
 * @param coherency what each pair of workers costs, kappa
 */
public record Usl(double contention, double coherency) {
  /**
   * The law that fits best, by least squares of {@code n / speed-up - 1}, neither figure below 0;
   * null with fewer than two numbers of workers above one.
   */
  public static Usl fit(List<Scaling> points) {
    if (points.stream().filter(p -> p.workers() > 1).map(Scaling::workers).distinct().count() < 2) {
      return null;
    }
    double aa = 0;
    double ab = 0;
    double bb = 0;
    double ay = 0;
    double by = 0;
    for (Scaling point : points) {
      double n = point.workers();
      double a = n - 1;
      double b = n * (n - 1);
      double y = n / point.speedup() - 1;
      aa += a * a;
      ab += a * b;
      bb += b * b;
      ay += a * y;
      by += b * y;
    }
    double determinant = aa * bb - ab * ab;
    double sigma = (ay * bb - by * ab) / determinant;
    double kappa = (aa * by - ab * ay) / determinant;
    if (kappa < 0) {
      return new Usl(Math.max(0, ay / aa), 0);
    }
    return sigma < 0 ? new Usl(0, Math.max(0, by / bb)) : new Usl(sigma, kappa);
  }

  /** How many times faster than one worker so many are. */
  public double speedup(int workers) {
    double n = workers;
    return n / (1 + contention * (n - 1) + coherency * n * (n - 1));
  }
}
