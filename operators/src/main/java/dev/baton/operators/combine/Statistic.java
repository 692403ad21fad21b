package dev.baton.operators.combine;

import dev.baton.engine.batch.Types;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * What is worked out of some values, of which nulls and NaN are none. Sums are exact and rounded
 * once, so they do not depend on where the input is cut.
 */
public enum Statistic {
  /** How many values there are, an int64. */
  COUNT,
  SUM,
  MEAN,
  MIN,
  MAX,
  /** The standard deviation, from a sample: the sum of squares is divided by the count less one. */
  STD;

  ArrowType type() {
    return this == COUNT ? Types.INT64 : Types.FLOAT64;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static void check(List<Statistic> statistics) {
    if (statistics.isEmpty() || statistics.stream().distinct().count() < statistics.size()) {
      throw new IllegalArgumentException(
          "statistics must be one or more different ones but were " + statistics);
    }
  }
}
