package dev.baton.operators.select;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.KeyCounts;
import dev.baton.operators.internal.Keys;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** How often the commonest value of each column occurs; exact. */
public final class Commonest implements FitState<Commonest> {
  private final List<Field> fields;
  private final boolean onlyConstant;
  private final List<KeyCounts> counts = new ArrayList<>();
  private final long[] missing;
  private long rows;

  /**
   * Nothing seen yet.
   *
   * @param onlyConstant whether it only matters which columns have one value, so that those with
   *     more need not be looked at again
   */
  public Commonest(List<Field> fields, boolean onlyConstant) {
    this.fields = List.copyOf(fields);
    this.onlyConstant = onlyConstant;
    this.missing = new long[fields.size()];
    fields.forEach(field -> counts.add(new KeyCounts()));
  }

  @Override
  public void observe(Batch batch) {
    rows += batch.rows();
    for (int i = 0; i < fields.size(); i++) {
      if (!settled(i) && batch.rows() > 0) {
        observe(i, batch.column(fields.get(i).getName()), batch.rows());
      }
    }
  }

  private void observe(int column, FieldVector vector, int rows) {
    missing[column] += counts.get(column).observe(Keys.family(fields.get(column)), vector, rows);
  }

  /** Whether a column has more than one value and that is all that matters. */
  private boolean settled(int column) {
    int distinct = counts.get(column).keys().size() + (missing[column] > 0 ? 1 : 0);
    return onlyConstant && distinct > 1;
  }

  @Override
  public void merge(Commonest later) {
    rows += later.rows;
    for (int i = 0; i < missing.length; i++) {
      if (!settled(i)) {
        missing[i] += later.missing[i];
        counts.get(i).merge(later.counts.get(i));
      }
    }
  }

  @Override
  public void write(StateWriter out) {
    out.longs(rows);
    out.longs(missing);
    counts.forEach(column -> column.write(out));
  }

  @Override
  public void read(StateReader in) {
    rows = in.longs()[0];
    System.arraycopy(in.longs(), 0, missing, 0, missing.length);
    counts.forEach(column -> column.read(in));
  }

  /** How many rows have been seen. */
  long rows() {
    return rows;
  }

  /** How often the commonest value of a column occurs; 0 when it is settled that it varies. */
  long count(int column) {
    if (settled(column)) {
      return 0;
    }
    long most = missing[column];
    KeyCounts values = counts.get(column);
    for (int i = 0; i < values.keys().size(); i++) {
      most = Math.max(most, values.count(i));
    }
    return most;
  }
}
