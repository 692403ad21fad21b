package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.Doubles;
import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;

/** All values of one numeric column but nulls and NaN. */
final class Median implements ImputerState.Collector<Median> {
  private final String column;
  private double[] values = new double[0];
  private int count;
  private final double[] block = new double[Doubles.BLOCK];

  Median(String column) {
    this.column = column;
  }

  @Override
  public void observe(Batch batch) {
    FieldVector vector = batch.column(column);
    for (int first = 0; first < batch.rows(); first += Doubles.BLOCK) {
      int rows = Math.min(Doubles.BLOCK, batch.rows() - first);
      add(block, Doubles.observed(vector, first, rows, block));
    }
  }

  private void add(double[] more, int length) {
    if (length > values.length - count) {
      long wanted = Math.max((long) count + length, 2L * values.length);
      if ((long) count + length > Integer.MAX_VALUE - 8) {
        throw new IllegalStateException(
            "column '" + column + "' has more values than a median can remember; use the mean");
      }
      values = Arrays.copyOf(values, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
    System.arraycopy(more, 0, values, count, length);
    count += length;
  }

  @Override
  public void merge(Median later) {
    add(later.values, later.count);
  }

  @Override
  public void write(StateWriter out) {
    out.doubles(Arrays.copyOf(values, count));
  }

  @Override
  public void read(StateReader in) {
    values = in.doubles();
    count = values.length;
  }

  @Override
  public String value() {
    if (count == 0) {
      return null;
    }
    double high = Selection.nth(values, count, count / 2);
    double low = Selection.nth(values, count, (count - 1) / 2);
    // Not the half of the sum, which can overflow, unless halves would lose the last bit.
    double sum = low + high;
    return Double.toString(
        low == high ? low : Double.isInfinite(sum) ? low / 2 + high / 2 : sum / 2);
  }
}
