package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.Missing;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** In how many rows each of some columns is missing: null or NaN. */
public final class MissingCounts implements FitState<MissingCounts> {
  private final List<String> columns;
  private long[] counts;

  MissingCounts(List<String> columns) {
    this.columns = List.copyOf(columns);
    this.counts = new long[columns.size()];
  }

  @Override
  public void observe(Batch batch) {
    for (int i = 0; i < counts.length; i++) {
      FieldVector column = batch.column(columns.get(i));
      for (int word = 0; word < Validity.words(batch.rows()); word++) {
        counts[i] += Long.bitCount(Missing.word(column, word));
      }
    }
  }

  @Override
  public void merge(MissingCounts later) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += later.counts[i];
    }
  }

  @Override
  public void write(StateWriter out) {
    out.longs(counts);
  }

  @Override
  public void read(StateReader in) {
    counts = in.longs();
  }

  /** In how many rows that column is missing. */
  long of(int column) {
    return counts[column];
  }
}
