package dev.baton.cli.compare;

import java.util.Locale;

/**
 * How many times faster one variant was than another, and how sure that is. From the ratios of wall
 * times within each round, since what disturbs the machine disturbs neighbours in a round alike:
 * their logarithms are taken as normal, and Student's t gives the interval that holds the true
 * ratio in 95 of 100 comparisons.
 *
 * @param ratio the geometric mean of the rounds' ratios
 * @param low the lower end of the interval; 0 with fewer than two rounds
 * @param high the upper end; infinite with fewer than two rounds
 */
public record Effect(double ratio, double low, double high) {
  /** Smaller effects than this are not called one, for a place in the round may cause them. */
  static final double LEAST = 0.02;

  /** The 97.5 % points of Student's t with 1, 2, … degrees of freedom. */
  private static final double[] T = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  private static final double T_MANY = 2.042;

  /**
   * The effect in paired measurements.
   *
   * @param slower the seconds of each round by the one
   * @param faster those by the other, which is called faster when the ratio is above 1
   */
  public static Effect of(double[] slower, double[] faster) {
    int rounds = Math.min(slower.length, faster.length);
    double[] logs = new double[rounds];
    double mean = 0;
    for (int i = 0; i < rounds; i++) {
      logs[i] = Math.log(slower[i] / faster[i]);
      mean += logs[i] / rounds;
    }
    if (rounds < 2) {
      return new Effect(Math.exp(mean), 0, Double.POSITIVE_INFINITY);
    }
    double squares = 0;
    for (double log : logs) {
      squares += (log - mean) * (log - mean);
    }
    double error = Math.sqrt(squares / (rounds - 1) / rounds);
    double reach = error * (rounds - 2 < T.length ? T[rounds - 2] : T_MANY);
    return new Effect(Math.exp(mean), Math.exp(mean - reach), Math.exp(mean + reach));
  }

  /** Whether the interval leaves 1 out, and the effect is not too small to be trusted. */
  public boolean beyondNoise() {
    return (low > 1 || high < 1) && Math.abs(ratio - 1) >= LEAST;
  }

  public boolean faster() {
    return beyondNoise() && ratio > 1;
  }

  public boolean slower() {
    return beyondNoise() && ratio < 1;
  }

  /** {@code 1.80 to 1.93}, or empty when nothing is known. */
  public String interval() {
    return low > 0 ? String.format(Locale.ROOT, "%.2f to %.2f", low, high) : "";
  }
}
