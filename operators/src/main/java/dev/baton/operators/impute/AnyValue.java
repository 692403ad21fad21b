package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.Missing;
import org.apache.arrow.vector.FieldVector;

/** Whether a column has any value. */
final class AnyValue implements ImputerState.Collector<AnyValue> {
  private final String column;
  private boolean any;

  AnyValue(String column) {
    this.column = column;
  }

  @Override
  public void observe(Batch batch) {
    FieldVector vector = batch.column(column);
    int rows = batch.rows();
    for (int word = 0; word < Validity.words(rows) && !any; word++) {
      any = Missing.word(vector, word) != Validity.tail(rows - 64 * word);
    }
  }

  @Override
  public void merge(AnyValue later) {
    any |= later.any;
  }

  @Override
  public void write(StateWriter out) {
    out.longs(any ? 1 : 0);
  }

  @Override
  public void read(StateReader in) {
    any = in.longs()[0] == 1;
  }

  /** Not the replacement, which the user gives, but null when there is nothing to replace. */
  @Override
  public String value() {
    return any ? "" : null;
  }
}
