package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Missing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.FieldVector;

/** All rows of some numeric columns, in order; NaN where a value is missing. Exact. */
public final class TrainingRows implements FitState<TrainingRows> {
  private final List<String> columns;
  private final int maxRows;
  private double[] values = new double[0];
  private int rows;
  private final double[] block = new double[Doubles.BLOCK];

  /**
   * Nothing seen yet.
   *
   * @param maxRows more rows are an error
   */
  public TrainingRows(List<String> columns, int maxRows) {
    this.columns = List.copyOf(columns);
    this.maxRows = maxRows;
  }

  @Override
  public void observe(Batch batch) {
    int width = columns.size();
    reserve(batch.rows());
    for (int column = 0; column < width; column++) {
      FieldVector vector = batch.column(columns.get(column));
      boolean infinite = false;
      for (int first = 0; first < batch.rows(); first += Doubles.BLOCK) {
        int count = Math.min(Doubles.BLOCK, batch.rows() - first);
        Doubles.load(vector, first, count, block);
        long missing = 0;
        for (int i = 0; i < count; i++) {
          missing = (i & 63) == 0 ? Missing.word(vector, (first + i) >>> 6) : missing >>> 1;
          double value = (missing & 1) != 0 ? Double.NaN : block[i];
          infinite |= Double.isInfinite(value);
          values[(rows + first + i) * width + column] = value;
        }
      }
      if (infinite) {
        Doubles.refuseInfinity(vector);
      }
    }
    rows += batch.rows();
  }

  private void reserve(int more) {
    if (more > maxRows - rows) {
      throw new IllegalStateException(
          String.format(
              "a k-nearest-neighbour imputer remembers the rows it is fitted on, and there are more"
                  + " than %d; sample before this stage or raise maxRows",
              maxRows));
    }
    int wanted = Math.multiplyExact(rows + more, columns.size());
    if (wanted > values.length) {
      values = Arrays.copyOf(values, (int) Math.max(wanted, Math.min(2L * values.length, 1 << 30)));
    }
  }

  @Override
  public void merge(TrainingRows later) {
    reserve(later.rows);
    int width = columns.size();
    System.arraycopy(later.values, 0, values, rows * width, later.rows * width);
    rows += later.rows;
  }

  @Override
  public void write(StateWriter out) {
    out.longs(rows);
    out.doubles(Arrays.copyOf(values, rows * columns.size()));
  }

  @Override
  public void read(StateReader in) {
    rows = (int) in.longs()[0];
    values = in.doubles();
  }

  @Override
  public String exactness() {
    return rows == 0
        ? String.format(Locale.ROOT, "exact up to %,d rows, more are an error", maxRows)
        : String.format(Locale.ROOT, "exact: %,d of up to %,d rows", rows, maxRows);
  }

  /** The mean of a column, NaN when it has no value. */
  double mean(int column) {
    double sum = 0;
    int count = 0;
    for (int row = 0; row < rows; row++) {
      double value = values[row * columns.size() + column];
      sum += Double.isNaN(value) ? 0 : value;
      count += Double.isNaN(value) ? 0 : 1;
    }
    return sum / count;
  }

  /** The values, row by row. */
  List<Double> values() {
    List<Double> all = new ArrayList<>(rows * columns.size());
    for (int i = 0; i < rows * columns.size(); i++) {
      all.add(values[i]);
    }
    return all;
  }
}
