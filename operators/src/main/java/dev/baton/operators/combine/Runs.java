package dev.baton.operators.combine;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.KeyTable;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** How often the key of the rows changes, and which it is at either end. */
public final class Runs implements FitState<Runs> {
  private static final int NONE = -1;

  private final Groups groups;
  private KeyTable ends = new KeyTable();
  private int first = NONE;
  private int last = NONE;
  private long changes;
  private LongList firstIds = new LongList();

  /** Nothing seen yet. */
  Runs(List<Field> fields) {
    groups = new Groups(fields);
  }

  @Override
  public void observe(Batch batch) {
    int[] numbers = groups.number(batch);
    for (int row = 0; row < batch.rows(); row++) {
      changes += last == NONE || numbers[row] == last ? 0 : 1;
      last = numbers[row];
      first = first == NONE ? last : first;
    }
    ends = groups.table();
  }

  @Override
  public void merge(Runs later) {
    if (later.first == NONE) {
      firstIds.add(changes);
      return;
    }
    int begin = ends.add(later.ends, later.first);
    changes += last == NONE || last == begin ? 0 : 1;
    firstIds.add(changes);
    changes += later.changes;
    last = ends.add(later.ends, later.last);
    first = first == NONE ? begin : first;
  }

  @Override
  public void write(StateWriter out) {
    // Only the keys at the ends matter to others.
    KeyTable two = new KeyTable();
    int sentFirst = first == NONE ? NONE : two.add(ends, first);
    int sentLast = last == NONE ? NONE : two.add(ends, last);
    two.write(out);
    out.longs(sentFirst, sentLast, changes);
    out.longs(firstIds.toArray());
  }

  @Override
  public void read(StateReader in) {
    ends = new KeyTable();
    ends.read(in);
    long[] counts = in.longs();
    first = (int) counts[0];
    last = (int) counts[1];
    changes = counts[2];
    firstIds = new LongList(in.longs());
  }

  /** The number of the run of the first row of each split. */
  List<Long> firstIds() {
    return Arrays.stream(firstIds.toArray()).boxed().toList();
  }
}
