package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.GroupTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * What a {@link GroupImputer} has seen of each group. Counts are exact; means round, but the same
 * way for states merged in the same order.
 */
public final class GroupState implements FitState<GroupState> {
  /** What there is to know of one column; {@code C} is its own class. */
  interface Collector<C extends Collector<C>> {
    /** Takes account of some rows, whose groups are given. */
    void observe(FieldVector column, int first, int count, int[] groups);

    /** Adds what another has seen, the number of each of whose groups here is given. */
    void merge(C later, int[] groups);

    void write(StateWriter out);

    void read(StateReader in);

    Usual usual(int groups);
  }

  /**
   * What is usual, as {@link Fill} reads it; null where there is no value.
   *
   * @param overall over all rows
   * @param groups in each group
   */
  record Usual(String overall, List<String> groups) {}

  private final GroupTable table;
  private final List<String> names;
  private final List<Collector<?>> collectors = new ArrayList<>();
  private final long[] scratch = new long[GroupTable.BLOCK];
  private final int[] groups = new int[GroupTable.BLOCK];

  GroupState(List<Field> keys, List<Field> fields, Strategy strategy) {
    table = new GroupTable(keys);
    names = fields.stream().map(Field::getName).toList();
    for (Field field : fields) {
      collectors.add(
          strategy == Strategy.MEAN
              ? new GroupMeans()
              : new GroupCounts(field, strategy == Strategy.MEDIAN));
    }
  }

  @Override
  public void observe(Batch batch) {
    for (int first = 0; first < batch.rows(); first += GroupTable.BLOCK) {
      int count = Math.min(GroupTable.BLOCK, batch.rows() - first);
      table.add(batch, first, count, scratch, groups);
      for (int i = 0; i < names.size(); i++) {
        collectors.get(i).observe(batch.column(names.get(i)), first, count, groups);
      }
    }
  }

  @Override
  public void merge(GroupState later) {
    int[] numbers = table.merge(later.table);
    for (int i = 0; i < collectors.size(); i++) {
      merge(collectors.get(i), later.collectors.get(i), numbers);
    }
  }

  /** Both were made for the same column and strategy, so they are of one class. */
  @SuppressWarnings("unchecked")
  private static <C extends Collector<C>> void merge(
      Collector<C> first, Collector<?> later, int[] groups) {
    first.merge((C) later, groups);
  }

  @Override
  public void write(StateWriter out) {
    table.write(out);
    collectors.forEach(collector -> collector.write(out));
  }

  @Override
  public void read(StateReader in) {
    table.read(in);
    collectors.forEach(collector -> collector.read(in));
  }

  GroupTable table() {
    return table;
  }

  Usual usual(int column) {
    return collectors.get(column).usual(table.size());
  }
}
