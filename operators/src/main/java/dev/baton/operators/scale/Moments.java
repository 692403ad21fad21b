package dev.baton.operators.scale;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Missing;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * How many values each column has, their mean, and the sum of their squared distances from it.
 * Nulls and NaN are not observed; an infinite value is an error.
 *
 * <p>What is missing is counted: an imputer may put one value there afterwards ({@link #fill}).
 *
 * <p>The values of a batch are summed as distances from the mean so far (at first from the first
 * value), and batches are joined by the formula of Chan, Golub and LeVeque (1979), so that a large
 * mean does not swallow a small variance. What the distances lose when the mean so far is far off,
 * is small beside what that adds to the variance. Joining rounds: states merged in the same order
 * give the same bits.
 */
public final class Moments implements FitState<Moments> {
  private static final double EPSILON = Math.ulp(1.0);

  private final List<String> columns;
  private final long[] count;
  private final long[] missing;
  private final double[] mean;
  private final double[] squares;

  /** Nothing seen yet of these numeric columns. */
  public Moments(List<String> columns) {
    this.columns = List.copyOf(columns);
    this.count = new long[columns.size()];
    this.missing = new long[columns.size()];
    this.mean = new double[columns.size()];
    this.squares = new double[columns.size()];
  }

  @Override
  public void observe(Batch batch) {
    for (int i = 0; i < columns.size(); i++) {
      FieldVector column = batch.column(columns.get(i));
      double around = count[i] > 0 ? mean[i] : anyValue(column);
      LaneSums.Sums sums = LaneSums.of(batch, column, around);
      missing[i] += batch.rows() - sums.count();
      if (sums.count() > 0) {
        double step = sums.sum() / sums.count();
        double rest = sums.squares() - sums.sum() * step;
        join(i, sums.count(), around + step, Math.max(0, rest));
      }
      if (count[i] > 0 && !Double.isFinite(mean[i])) {
        Doubles.refuseInfinity(column);
      }
    }
  }

  /** The first value that is neither null nor NaN, or 0. */
  private static double anyValue(FieldVector column) {
    for (int word = 0; word < Validity.words(column.getValueCount()); word++) {
      long missing = Missing.word(column, word);
      long present = ~missing & Validity.tail(column.getValueCount() - 64 * word);
      if (present != 0) {
        double[] value = new double[1];
        Doubles.load(column, 64 * word + Long.numberOfTrailingZeros(present), 1, value);
        return value[0];
      }
    }
    return 0;
  }

  private void join(int column, long values, double otherMean, double otherSquares) {
    if (values == 0) {
      return;
    }
    if (count[column] == 0) {
      count[column] = values;
      mean[column] = otherMean;
      squares[column] = otherSquares;
      return;
    }
    long total = count[column] + values;
    double step = otherMean - mean[column];
    double share = (double) values / total;
    squares[column] += otherSquares + step * step * share * count[column];
    mean[column] += step * share;
    count[column] = total;
  }

  @Override
  public void merge(Moments later) {
    for (int i = 0; i < count.length; i++) {
      join(i, later.count[i], later.mean[i], later.squares[i]);
      missing[i] += later.missing[i];
    }
  }

  /** As if each missing value of a column of {@code row} had been the value there. */
  @Override
  public void fill(Batch row) {
    for (int i = 0; i < columns.size(); i++) {
      double value = Doubles.only(row, columns.get(i));
      if (missing[i] > 0 && !Double.isNaN(value)) {
        join(i, missing[i], value, 0);
        missing[i] = 0;
      }
    }
  }

  @Override
  public void write(StateWriter out) {
    long[] rows = Arrays.copyOf(count, 2 * count.length);
    System.arraycopy(missing, 0, rows, count.length, count.length);
    out.longs(rows);
    out.doubles(mean);
    out.doubles(squares);
  }

  @Override
  public void read(StateReader in) {
    long[] rows = in.longs();
    System.arraycopy(rows, 0, count, 0, count.length);
    // What was missing was not counted once: earlier states are of filled columns.
    System.arraycopy(rows, count.length, missing, 0, rows.length - count.length);
    System.arraycopy(in.doubles(), 0, mean, 0, mean.length);
    System.arraycopy(in.doubles(), 0, squares, 0, squares.length);
  }

  /** How many values of that column are neither null nor NaN. */
  public long count(int column) {
    return count[column];
  }

  /** Their mean, or NaN when there are none. */
  public double mean(int column) {
    return count[column] == 0 ? Double.NaN : mean[column];
  }

  /**
   * Their variance, the sum of squares divided by {@code count - ddof}; NaN when that is not
   * positive.
   */
  public double variance(int column, int ddof) {
    return count[column] <= ddof ? Double.NaN : squares[column] / (count[column] - ddof);
  }

  /**
   * Whether a variance is no more than what rounding alone can cause, by scikit-learn's rule.
   *
   * @param count how many values it is of
   */
  static boolean isRounding(double variance, double mean, double count) {
    double rounding = count * mean * EPSILON;
    return variance <= count * EPSILON * variance + rounding * rounding;
  }
}
