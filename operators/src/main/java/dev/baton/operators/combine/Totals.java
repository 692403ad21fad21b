package dev.baton.operators.combine;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.Doubles;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The rows of each group, and an {@link Aggregate} of each of some columns. Grows with the number
 * of groups: about 150 bytes for each column, or 80 without sums, and the key.
 */
public final class Totals implements FitState<Totals> {
  private final List<Field> columns;
  private final Results wanted;
  private final Groups groups;
  private final double[] block = new double[Doubles.BLOCK];
  private final List<Group> totals = new ArrayList<>();

  /** What is known of one group. */
  static final class Group {
    long rows;
    final Aggregate[] columns;

    private Group(Aggregate[] columns) {
      this.columns = columns;
    }

    void add(Group later) {
      rows += later.rows;
      for (int c = 0; c < columns.length; c++) {
        columns[c].add(later.columns[c]);
      }
    }

    void write(LongList out) {
      out.add(rows);
      for (Aggregate column : columns) {
        column.write(out);
      }
    }

    int read(LongList in, int at) {
      rows = in.get(at);
      int next = at + 1;
      for (Aggregate column : columns) {
        next = column.read(in, next);
      }
      return next;
    }
  }

  /** Nothing seen yet. */
  Totals(List<Field> columns, List<Field> by, Results wanted) {
    this.columns = columns;
    this.wanted = wanted;
    this.groups = new Groups(by);
  }

  /** A group without rows. */
  Group newGroup() {
    Aggregate[] cells = new Aggregate[columns.size()];
    for (int c = 0; c < cells.length; c++) {
      cells[c] = new Aggregate(wanted);
    }
    return new Group(cells);
  }

  Groups groups() {
    return groups;
  }

  /** How many groups have rows. */
  int size() {
    return totals.size();
  }

  Group group(int number) {
    while (number >= totals.size()) {
      totals.add(newGroup());
    }
    return totals.get(number);
  }

  @Override
  public void observe(Batch batch) {
    int[] numbers = groups.number(batch);
    for (int row = 0; row < batch.rows(); row++) {
      group(numbers[row]).rows++;
    }
    for (int c = 0; c < columns.size(); c++) {
      FieldVector column = batch.column(columns.get(c).getName());
      long validity = Validity.address(column);
      for (int first = 0; first < batch.rows(); first += Doubles.BLOCK) {
        int count = Math.min(Doubles.BLOCK, batch.rows() - first);
        Doubles.load(column, first, count, block);
        for (int i = 0; i < count; i++) {
          if (Validity.isSet(validity, first + i) && !Double.isNaN(block[i])) {
            totals.get(numbers[first + i]).columns[c].add(block[i]);
          }
        }
      }
    }
  }

  @Override
  public void merge(Totals later) {
    for (int number = 0; number < later.totals.size(); number++) {
      merge(later, number);
    }
  }

  /** Takes account of one group of a later state; gives its number here. */
  int merge(Totals later, int number) {
    int here =
        later.groups.table().size() == 0 ? 0 : groups.table().add(later.groups.table(), number);
    group(here).add(later.totals.get(number));
    return here;
  }

  @Override
  public void write(StateWriter out) {
    groups.table().write(out);
    LongList content = new LongList();
    totals.forEach(group -> group.write(content));
    out.longs(totals.size());
    out.longs(content.toArray());
  }

  @Override
  public void read(StateReader in) {
    groups.table().read(in);
    long size = in.longs()[0];
    LongList content = new LongList(in.longs());
    for (int number = 0, at = 0; number < size; number++) {
      at = group(number).read(content, at);
    }
  }
}
