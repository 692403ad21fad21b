package dev.baton.operators.select;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** A digest of each column, whatever its name. Depends on the order of the rows. */
public final class ColumnDigests implements FitState<ColumnDigests> {
  private final List<Field> fields;
  private final Digest[] digests;

  /** Nothing seen yet. */
  public ColumnDigests(List<Field> fields) {
    this.fields = List.copyOf(fields);
    this.digests = fields.stream().map(Digest::emptyColumn).toArray(Digest[]::new);
  }

  @Override
  public void observe(Batch batch) {
    for (int i = 0; i < digests.length; i++) {
      Digest next = Digest.ofColumn(batch.column(fields.get(i).getName()));
      digests[i] = digests[i].then(next);
    }
  }

  @Override
  public void merge(ColumnDigests later) {
    for (int i = 0; i < digests.length; i++) {
      digests[i] = digests[i].then(later.digests[i]);
    }
  }

  @Override
  public void write(StateWriter out) {
    long[] numbers = new long[3 * digests.length];
    for (int i = 0; i < digests.length; i++) {
      numbers[3 * i] = digests[i].schema();
      numbers[3 * i + 1] = digests[i].rows();
      numbers[3 * i + 2] = digests[i].sum();
    }
    out.longs(numbers);
  }

  @Override
  public void read(StateReader in) {
    long[] numbers = in.longs();
    for (int i = 0; i < digests.length; i++) {
      digests[i] = new Digest(numbers[3 * i], numbers[3 * i + 1], numbers[3 * i + 2]);
    }
  }

  /** The digest of a column. */
  Digest of(int column) {
    return digests[column];
  }
}
