package dev.baton.operators.scale;

import dev.baton.operators.internal.Values;

/** How a quantile is taken from values, by the names of NumPy. */
public enum QuantileMethod {
  /** On the line between the two nearest values. */
  LINEAR,
  /** The smallest value that has at least this share up to it. */
  INVERTED_CDF,
  /** The same; where the share is met exactly, the mean of it and the next. */
  AVERAGED_INVERTED_CDF;

  /**
   * The quantile of some values, NaN when there are none.
   *
   * @param share from 0 to 1
   */
  public double of(Values values, double share) {
    long count = values.count();
    if (count == 0) {
      return Double.NaN;
    }
    double place = this == LINEAR ? (count - 1) * share : count * share - 1;
    long below = (long) Math.floor(place);
    double part = place - below;
    return switch (this) {
      case LINEAR -> between(values.at(below), values.at(below + 1), part);
      case INVERTED_CDF -> values.at(part == 0 ? below : below + 1);
      case AVERAGED_INVERTED_CDF ->
          place < 0
              ? values.at(0)
              : between(values.at(below), values.at(below + 1), part == 0 ? 0.5 : 1);
    };
  }

  /** From the nearer end, as NumPy does, so that both ends are met exactly. */
  private static double between(double low, double high, double part) {
    double step = high - low;
    return part >= 0.5 ? high - step * (1 - part) : low + step * part;
  }
}
