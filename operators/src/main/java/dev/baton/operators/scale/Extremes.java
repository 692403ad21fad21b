package dev.baton.operators.scale;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.Doubles;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * The smallest and the largest value of each column. Nulls and NaN are not observed; an infinite
 * value is an error. Exact, whatever the order of merging. Whether anything is missing is noted,
 * since an imputer may put one value there afterwards ({@link #fill}).
 */
public final class Extremes implements FitState<Extremes> {
  private final List<String> columns;
  private final double[] least;
  private final double[] most;
  private final boolean[] missing;
  private final double[] block = new double[Doubles.BLOCK];

  /** Nothing seen yet of these numeric columns. */
  public Extremes(List<String> columns) {
    this.columns = List.copyOf(columns);
    this.least = new double[columns.size()];
    this.most = new double[columns.size()];
    this.missing = new boolean[columns.size()];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
  }

  @Override
  public void observe(Batch batch) {
    for (int i = 0; i < columns.size(); i++) {
      FieldVector column = batch.column(columns.get(i));
      for (int first = 0; first < batch.rows(); first += Doubles.BLOCK) {
        int rows = Math.min(Doubles.BLOCK, batch.rows() - first);
        int values = Doubles.observed(column, first, rows, block);
        missing[i] |= values < rows;
        observe(i, column, values);
      }
    }
  }

  private void observe(int i, FieldVector column, int values) {
    double low = least[i];
    double high = most[i];
    for (int k = 0; k < values; k++) {
      low = Math.min(low, block[k]);
      high = Math.max(high, block[k]);
    }
    if (values > 0 && (low == Double.NEGATIVE_INFINITY || high == Double.POSITIVE_INFINITY)) {
      Doubles.refuseInfinity(column);
    }
    least[i] = low;
    most[i] = high;
  }

  @Override
  public void merge(Extremes later) {
    for (int i = 0; i < least.length; i++) {
      least[i] = Math.min(least[i], later.least[i]);
      most[i] = Math.max(most[i], later.most[i]);
      missing[i] |= later.missing[i];
    }
  }

  /** As if each missing value of a column of {@code row} had been the value there. */
  @Override
  public void fill(Batch row) {
    for (int i = 0; i < columns.size(); i++) {
      double value = Doubles.only(row, columns.get(i));
      if (missing[i] && !Double.isNaN(value)) {
        least[i] = Math.min(least[i], value);
        most[i] = Math.max(most[i], value);
      }
    }
  }

  @Override
  public void write(StateWriter out) {
    double[] low = Arrays.copyOf(least, 2 * least.length);
    for (int i = 0; i < least.length; i++) {
      low[least.length + i] = missing[i] ? 1 : 0;
    }
    out.doubles(low);
    out.doubles(most);
  }

  @Override
  public void read(StateReader in) {
    double[] low = in.doubles();
    System.arraycopy(low, 0, least, 0, least.length);
    // Whether anything was missing was not noted once: earlier states are of filled columns.
    for (int i = least.length; i < low.length; i++) {
      missing[i - least.length] = low[i] != 0;
    }
    System.arraycopy(in.doubles(), 0, most, 0, most.length);
  }

  /** Whether that column has any value that is neither null nor NaN. */
  public boolean any(int column) {
    return least[column] <= most[column];
  }

  /** The smallest value, or NaN when there is none. */
  public double least(int column) {
    return any(column) ? least[column] : Double.NaN;
  }

  /** The largest value, or NaN when there is none. */
  public double most(int column) {
    return any(column) ? most[column] : Double.NaN;
  }
}
