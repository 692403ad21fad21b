package dev.baton.operators.scale;

import dev.baton.operators.internal.Sorted;

/** How likely values are normally distributed after a power, by the power's lambda. */
final class Likelihood {
  private final Sorted values;
  private final Power power;
  private final double[] moved;
  private final double count;
  private double slopes;

  Likelihood(Sorted values, Power power) {
    this.values = values;
    this.power = power;
    this.moved = new double[values.size()];
    double total = 0;
    for (int i = 0; i < values.size(); i++) {
      total += values.weight(i);
      slopes += values.weight(i) * power.slope(values.value(i));
    }
    this.count = total;
  }

  /** The lambda of the largest likelihood; 1 for values that are all the same. */
  double best() {
    if (Moments.isRounding(variance(1), mean(1), count)) {
      return 1;
    }
    return Minimum.find(lambda -> -logarithm(lambda), -2, 2);
  }

  /** The logarithm of the likelihood, but for what does not depend on lambda. */
  double logarithm(double lambda) {
    return (lambda - 1) * slopes - count / 2 * StrictMath.log(variance(lambda));
  }

  double mean(double lambda) {
    double sum = 0;
    for (int i = 0; i < moved.length; i++) {
      moved[i] = power.apply(values.value(i), lambda);
      sum += values.weight(i) * moved[i];
    }
    return sum / count;
  }

  /** The variance of the population. */
  double variance(double lambda) {
    double mean = mean(lambda);
    double squares = 0;
    double rest = 0;
    for (int i = 0; i < moved.length; i++) {
      double distance = moved[i] - mean;
      squares += values.weight(i) * distance * distance;
      rest += values.weight(i) * distance;
    }
    return Math.max(0, squares - rest * rest / count) / count;
  }
}
