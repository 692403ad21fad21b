package dev.baton.operators.scale;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.Doubles;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * How many values each column has, their mean, and the sum of their squared distances from it.
 * Nulls and NaN are not observed; an infinite value is an error.
 *
 * <p>Blocks of about a thousand values are summed in two passes and joined by the formula of Chan,
 * Golub and LeVeque (1979), so that a large mean does not swallow a small variance. Joining rounds:
 * states merged in the same order give the same bits.
 */
public final class Moments implements FitState<Moments> {
  private final List<String> columns;
  private final long[] count;
  private final double[] mean;
  private final double[] squares;
  private final double[] block = new double[Doubles.BLOCK];

  /** Nothing seen yet of these numeric columns. */
  public Moments(List<String> columns) {
    this.columns = List.copyOf(columns);
    this.count = new long[columns.size()];
    this.mean = new double[columns.size()];
    this.squares = new double[columns.size()];
  }

  @Override
  public void observe(Batch batch) {
    for (int i = 0; i < columns.size(); i++) {
      FieldVector column = batch.column(columns.get(i));
      for (int first = 0; first < batch.rows(); first += Doubles.BLOCK) {
        int rows = Math.min(Doubles.BLOCK, batch.rows() - first);
        observe(i, Doubles.observed(column, first, rows, block));
      }
      if (count[i] > 0 && !Double.isFinite(mean[i])) {
        refuseInfinity(column);
      }
    }
  }

  private void observe(int column, int values) {
    if (values == 0) {
      return;
    }
    double blockMean = sum(values) / values;
    join(column, values, blockMean, squares(values, blockMean));
  }

  /** Four sums side by side: one alone would wait for each addition to finish. */
  private double sum(int values) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < values; i += 4) {
      a += block[i];
      b += block[i + 1];
      c += block[i + 2];
      d += block[i + 3];
    }
    for (; i < values; i++) {
      a += block[i];
    }
    return (a + b) + (c + d);
  }

  private double squares(int values, double around) {
    double a = 0;
    double b = 0;
    double rest = 0;
    int i = 0;
    for (; i + 1 < values; i += 2) {
      double x = block[i] - around;
      double y = block[i + 1] - around;
      a += x * x;
      b += y * y;
      rest += x + y;
    }
    if (i < values) {
      double x = block[i] - around;
      a += x * x;
      rest += x;
    }
    // What is left over because the mean was rounded.
    return Math.max(0, a + b - rest * rest / values);
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
    }
  }

  @Override
  public void write(StateWriter out) {
    out.longs(count);
    out.doubles(mean);
    out.doubles(squares);
  }

  @Override
  public void read(StateReader in) {
    System.arraycopy(in.longs(), 0, count, 0, count.length);
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

  private static void refuseInfinity(FieldVector column) {
    boolean isDouble = column.getField().getType().equals(Types.FLOAT64);
    long data = Vectors.data(column);
    for (int row = 0; row < column.getValueCount(); row++) {
      if (Validity.isSet(Validity.address(column), row)) {
        double value =
            isDouble ? Memory.getDouble(data + 8L * row) : Memory.getFloat(data + 4L * row);
        if (Double.isInfinite(value)) {
          throw new ValueException(
              column.getName(),
              row,
              "expected a finite value but was " + value + "; clip or impute before this stage");
        }
      }
    }
  }
}
