package dev.baton.operators.combine;

/**
 * What is known of some values: their count, exact sum, extremes and, if wanted, the sum of their
 * squared distances from the mean, by the updating formulas of Welford (1962) and of Chan, Golub
 * and LeVeque (1979).
 */
final class Aggregate {
  private final boolean deviates;
  private final ExactSum sum;
  private long count;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;
  private double mean;
  private double squares;

  /** Nothing seen yet, for as much as {@code wanted} needs. */
  Aggregate(Results wanted) {
    this.deviates = wanted.wantsDeviation;
    this.sum = wanted.wantsSums ? new ExactSum() : null;
  }

  /** Takes account of a value that is not NaN. */
  void add(double value) {
    count++;
    low = Math.min(low, value);
    high = Math.max(high, value);
    if (sum != null) {
      sum.add(value);
    }
    if (deviates) {
      double distance = value - mean;
      mean += distance / count;
      squares += distance * (value - mean);
    }
  }

  /** Takes account of all values of another. */
  void add(Aggregate later) {
    if (later.count == 0) {
      return;
    }
    if (sum != null) {
      sum.add(later.sum);
    }
    low = Math.min(low, later.low);
    high = Math.max(high, later.high);
    if (count == 0) {
      mean = later.mean;
      squares = later.squares;
    } else {
      double step = later.mean - mean;
      double share = (double) later.count / (count + later.count);
      squares += later.squares + step * step * share * count;
      mean += step * share;
    }
    count += later.count;
  }

  /** Writes the statistics so far to a row of the results. */
  void result(Results to, int row) {
    to.counts[row] = count;
    to.lows[row] = low;
    to.highs[row] = high;
    to.sums[row] = sum == null ? 0 : sum.value();
    to.deviations[row] = !deviates || low == high && Double.isFinite(low) ? 0 : deviation();
  }

  private double deviation() {
    return Math.sqrt(squares / (count - 1));
  }

  /** Appends its content for {@link #read}. */
  void write(LongList out) {
    out.add(count);
    out.add(low);
    out.add(high);
    out.add(mean);
    out.add(squares);
    if (sum != null) {
      sum.write(out);
    }
  }

  /** Takes over what was written at {@code at}; gives where it ended. */
  int read(LongList in, int at) {
    count = in.get(at);
    low = Double.longBitsToDouble(in.get(at + 1));
    high = Double.longBitsToDouble(in.get(at + 2));
    mean = Double.longBitsToDouble(in.get(at + 3));
    squares = Double.longBitsToDouble(in.get(at + 4));
    return sum == null ? at + 5 : sum.read(in, at + 5);
  }
}
