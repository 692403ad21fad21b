package dev.baton.operators.scale;

import java.util.function.DoubleUnaryOperator;

/** Finds a minimum of a function of one number without its derivative. */
final class Minimum {
  private static final double GOLDEN = (3 - Math.sqrt(5)) / 2;
  private static final double TOLERANCE = 1.48e-8;

  private Minimum() {}

  /**
   * The place of a minimum, to about eight digits, by Brent's method: parabolas where they help,
   * else golden sections. The search starts between two places and goes downhill from there. NaN
   * counts as infinity.
   */
  static double find(DoubleUnaryOperator function, double from, double to) {
    DoubleUnaryOperator f =
        x -> {
          double y = function.applyAsDouble(x);
          return Double.isNaN(y) ? Double.POSITIVE_INFINITY : y;
        };
    double a = from;
    double b = to;
    double fa = f.applyAsDouble(a);
    double fb = f.applyAsDouble(b);
    if (fb > fa) {
      double swapped = a;
      a = b;
      b = swapped;
      fb = fa;
    }
    // Downhill from a by b to c, until it goes up again.
    double c = b + (b - a) / (1 - GOLDEN);
    double fc = f.applyAsDouble(c);
    for (int steps = 0; fc < fb && steps < 100; steps++) {
      a = b;
      b = c;
      fb = fc;
      c = b + (b - a) / (1 - GOLDEN);
      fc = f.applyAsDouble(c);
    }
    return within(f, Math.min(a, c), Math.max(a, c), b, fb);
  }

  /** Brent's method between {@code low} and {@code high}, from the best place known. */
  private static double within(
      DoubleUnaryOperator f, double low, double high, double start, double atStart) {
    double a = low;
    double b = high;
    double x = start;
    double second = start;
    double third = start;
    double fx = atStart;
    double fSecond = atStart;
    double fThird = atStart;
    double step = 0;
    double before = 0;
    for (int round = 0; round < 500; round++) {
      double middle = 0.5 * (a + b);
      double tolerance = TOLERANCE * Math.abs(x) + 1e-11;
      if (Math.abs(x - middle) <= 2 * tolerance - 0.5 * (b - a)) {
        return x;
      }
      double r = (x - second) * (fx - fThird);
      double q = (x - third) * (fx - fSecond);
      double p = (x - third) * q - (x - second) * r;
      q = 2 * (q - r);
      p = q > 0 ? -p : p;
      q = Math.abs(q);
      boolean parabola =
          Math.abs(before) > tolerance
              && Math.abs(p) < Math.abs(0.5 * q * before)
              && p > q * (a - x)
              && p < q * (b - x);
      if (parabola) {
        before = step;
        step = p / q;
        double u = x + step;
        if (u - a < 2 * tolerance || b - u < 2 * tolerance) {
          step = Math.copySign(tolerance, middle - x);
        }
      } else {
        before = x < middle ? b - x : a - x;
        step = GOLDEN * before;
      }
      double u = x + (Math.abs(step) >= tolerance ? step : Math.copySign(tolerance, step));
      double fu = f.applyAsDouble(u);
      if (fu <= fx) {
        if (u < x) {
          b = x;
        } else {
          a = x;
        }
        third = second;
        fThird = fSecond;
        second = x;
        fSecond = fx;
        x = u;
        fx = fu;
        continue;
      }
      if (u < x) {
        a = u;
      } else {
        b = u;
      }
      if (fu <= fSecond || second == x) {
        third = second;
        fThird = fSecond;
        second = u;
        fSecond = fu;
      } else if (fu <= fThird || third == x || third == second) {
        third = u;
        fThird = fu;
      }
    }
    return x;
  }
}
