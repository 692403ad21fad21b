package dev.baton.operators.combine;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;

/** Statistics worked out the slow and obvious way. */
final class Oracle {
  private Oracle() {}

  /** A statistic of values in order, null when there are fewer than {@code least}. */
  static Object of(Statistic statistic, List<Double> values, int least) {
    if (values.size() < least) {
      return null;
    }
    switch (statistic) {
      case COUNT:
        return (long) values.size();
      case SUM:
        return sum(values);
      case MEAN:
        return sum(values) / values.size();
      case MIN:
        return Collections.min(values);
      case MAX:
        return Collections.max(values);
      default:
        return deviation(values);
    }
  }

  /** The sum of all values, rounded once. */
  static double sum(List<Double> values) {
    BigDecimal exact = BigDecimal.ZERO;
    double infinities = 0;
    for (double value : values) {
      if (Double.isInfinite(value)) {
        infinities += value;
      } else {
        exact = exact.add(new BigDecimal(value));
      }
    }
    return infinities != 0 ? infinities : exact.doubleValue();
  }

  private static Double deviation(List<Double> values) {
    if (values.size() < 2) {
      return null;
    }
    if (values.stream().distinct().count() == 1 && Double.isFinite(values.get(0))) {
      return 0.0;
    }
    double mean = sum(values) / values.size();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.size() - 1));
  }
}
