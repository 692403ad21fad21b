package dev.baton.operators.encode;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.IntSort;
import dev.baton.operators.internal.KeyCounts;
import dev.baton.operators.internal.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How often each distinct value of some columns occurs; NaN counts as null, -0.0 as 0.0. Exact, and
 * the same whatever the order of the rows and merges, because categories are only numbered after
 * sorting. Grows with the number of distinct values: about 40 bytes each plus the bytes of texts
 * longer than eight bytes.
 */
public final class CategoryState implements FitState<CategoryState> {
  private final List<Counter> counters = new ArrayList<>();

  CategoryState(List<Field> fields) {
    fields.forEach(field -> counters.add(new Counter(field)));
  }

  @Override
  public void observe(Batch batch) {
    for (Counter counter : counters) {
      counter.observe(batch);
    }
  }

  @Override
  public void merge(CategoryState later) {
    for (int i = 0; i < counters.size(); i++) {
      counters.get(i).merge(later.counters.get(i));
    }
  }

  @Override
  public void write(StateWriter out) {
    for (Counter counter : counters) {
      counter.counts.write(out);
      out.longs(counter.nulls);
    }
  }

  @Override
  public void read(StateReader in) {
    for (Counter counter : counters) {
      counter.counts.read(in);
      counter.nulls = in.longs()[0];
    }
  }

  /** What was counted, a column at a time. */
  List<Counter> counters() {
    return counters;
  }

  /** The columns whose values an encoder will take for categories. */
  static List<Field> read(Binder binder, Columns columns) {
    return binder.read(columns, TypeFamily.TEXT, TypeFamily.BOOLEAN, TypeFamily.NUMERIC);
  }

  /** The distinct values of one column. */
  static final class Counter {
    final String column;
    final TypeFamily type;
    private final KeyCounts counts = new KeyCounts();
    private long nulls;

    Counter(Field field) {
      this.column = field.getName();
      this.type = Keys.family(field);
    }

    private void observe(Batch batch) {
      nulls += counts.observe(type, batch, column);
    }

    private void merge(Counter later) {
      counts.merge(later.counts);
      nulls += later.nulls;
    }

    int size() {
      return counts.keys().size();
    }

    long nulls() {
      return nulls;
    }

    long count(int number) {
      return counts.count(number);
    }

    /** The categories in ascending order: text by code points, numbers by value. */
    int[] sorted() {
      return sorted(0);
    }

    /** The same for those seen at least {@code minFrequency} times. */
    int[] sorted(long minFrequency) {
      int[] kept = IntStream.range(0, size()).filter(n -> count(n) >= minFrequency).toArray();
      IntSort.sort(kept, Keys.ascending(type, counts.keys()));
      return kept;
    }

    /**
     * The categories seen at least {@code minFrequency} times, the most frequent first, equally
     * frequent ones ascending, and no more than {@code limit}.
     */
    int[] frequent(long minFrequency, int limit) {
      int[] kept = IntStream.range(0, size()).filter(n -> count(n) >= minFrequency).toArray();
      IntBinaryOperator ascending = Keys.ascending(type, counts.keys());
      IntSort.sort(
          kept,
          (a, b) -> {
            int byCount = Long.compare(count(b), count(a));
            return byCount != 0 ? byCount : ascending.applyAsInt(a, b);
          });
      return kept.length <= limit ? kept : Arrays.copyOf(kept, limit);
    }

    /** How many rows were counted. */
    long rows() {
      long rows = nulls;
      for (int number = 0; number < size(); number++) {
        rows += count(number);
      }
      return rows;
    }

    /** A category as written in column names, messages and saved pipelines. */
    String name(int number) {
      return Keys.name(type, counts.keys(), number);
    }

    /** The same for several. */
    List<String> names(int... numbers) {
      return Keys.names(type, counts.keys(), numbers);
    }
  }
}
