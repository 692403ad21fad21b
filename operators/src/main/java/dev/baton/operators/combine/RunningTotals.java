package dev.baton.operators.combine;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.combine.Totals.Group;
import dev.baton.operators.internal.Packed;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** The totals of each group at the end of each split in which it has rows. */
public final class RunningTotals implements FitState<RunningTotals> {
  /** Of the split observed, or of all those merged. */
  private final Totals totals;

  private LongList entryGroups = new LongList();
  private LongList entryStarts = new LongList();
  private LongList content = new LongList();
  private LongList splitEnds = new LongList();

  /** Nothing seen yet. */
  RunningTotals(List<Field> columns, List<Field> by, Results wanted) {
    totals = new Totals(columns, by, wanted);
  }

  @Override
  public void observe(Batch batch) {
    totals.observe(batch);
  }

  @Override
  public void merge(RunningTotals later) {
    for (int number = 0; number < later.totals.size(); number++) {
      int group = totals.merge(later.totals, number);
      entryGroups.add(group);
      entryStarts.add((long) content.size());
      totals.group(group).write(content);
    }
    splitEnds.add((long) entryGroups.size());
  }

  @Override
  public void write(StateWriter out) {
    totals.write(out);
    out.longs(entryGroups.toArray());
    out.longs(entryStarts.toArray());
    out.longs(content.toArray());
    out.longs(splitEnds.toArray());
  }

  @Override
  public void read(StateReader in) {
    totals.read(in);
    entryGroups = new LongList(in.longs());
    entryStarts = new LongList(in.longs());
    content = new LongList(in.longs());
    splitEnds = new LongList(in.longs());
  }

  /** What all workers share, from the content of a state. */
  static Carry carry(Packed packed, List<Field> columns, List<Field> by, Results wanted) {
    RunningTotals state = packed.into(new RunningTotals(columns, by, wanted));
    return new Carry(columns, by, wanted, state, state.index());
  }

  private CarryIndex index() {
    return new CarryIndex(totals.size(), entryGroups, splitEnds, false);
  }

  /** The totals of all groups at the beginning of every split. Immutable. */
  record Carry(
      List<Field> columns, List<Field> by, Results wanted, RunningTotals state, CarryIndex index) {
    /** A place to go on from the totals of a split, empty. */
    Current open() {
      return new Current(this);
    }
  }

  /** The totals of the groups met in the split under way. */
  static final class Current {
    private final Carry carry;
    private Totals totals;
    private long split;

    private Current(Carry carry) {
      this.carry = carry;
    }

    void start(long split) {
      Splits.check(split, carry.state.splitEnds.size());
      this.split = split;
      totals = new Totals(carry.columns, carry.by, carry.wanted);
    }

    /** The number of the group of each row, valid until the next call. */
    int[] number(Batch batch) {
      int[] numbers = totals.groups().number(batch);
      for (int n = totals.size(); batch.rows() > 0 && n < totals.groups().size(); n++) {
        load(n);
      }
      return numbers;
    }

    Group group(int number) {
      return totals.group(number);
    }

    private void load(int number) {
      Group group = totals.group(number);
      int carried =
          carry.by.isEmpty()
              ? 0
              : carry.state.totals.groups().table().find(totals.groups().table(), number);
      // A group without rows in the whole input has no entries.
      if (carried >= 0 && carried < carry.state.totals.size()) {
        int end = carry.index.end(carried, split);
        if (end > carry.index.start(carried)) {
          int entry = carry.index.entry(end - 1);
          group.read(carry.state.content, (int) carry.state.entryStarts.get(entry));
        }
      }
    }
  }
}
