package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Values;
import org.apache.arrow.vector.FieldVector;

/** The values of one numeric column but nulls and NaN. */
final class Median implements ImputerState.Collector<Median> {
  private final String column;
  private final Values values;
  private final double[] block = new double[Doubles.BLOCK];

  /**
   * @param limit how many values to remember
   */
  Median(String column, int limit) {
    this.column = column;
    this.values = new Values(limit);
  }

  @Override
  public void observe(Batch batch) {
    FieldVector vector = batch.column(column);
    for (int first = 0; first < batch.rows(); first += Doubles.BLOCK) {
      int rows = Math.min(Doubles.BLOCK, batch.rows() - first);
      values.add(block, Doubles.observed(vector, first, rows, block));
    }
  }

  @Override
  public void merge(Median later) {
    values.merge(later.values);
  }

  @Override
  public void write(StateWriter out) {
    values.write(out);
  }

  @Override
  public void read(StateReader in) {
    values.read(in);
  }

  Values values() {
    return values;
  }

  @Override
  public String value() {
    return values.count() == 0 ? null : Double.toString(values.median());
  }
}
