package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import org.apache.arrow.vector.FieldVector;

/** How often a boolean column is true and false. */
final class BooleanCounts implements ImputerState.Collector<BooleanCounts> {
  private final String column;
  private long yes;
  private long no;

  BooleanCounts(String column) {
    this.column = column;
  }

  @Override
  public void observe(Batch batch) {
    FieldVector vector = batch.column(column);
    int rows = batch.rows();
    for (int word = 0; word < Validity.words(rows); word++) {
      long valid = Validity.word(Validity.address(vector), word, rows);
      long bits = Validity.word(Vectors.data(vector), word, rows);
      yes += Long.bitCount(valid & bits);
      no += Long.bitCount(valid & ~bits);
    }
  }

  @Override
  public void merge(BooleanCounts later) {
    yes += later.yes;
    no += later.no;
  }

  @Override
  public void write(StateWriter out) {
    out.longs(yes, no);
  }

  @Override
  public void read(StateReader in) {
    long[] counts = in.longs();
    yes = counts[0];
    no = counts[1];
  }

  @Override
  public String value() {
    return yes + no == 0 ? null : yes > no ? "true" : "false";
  }
}
