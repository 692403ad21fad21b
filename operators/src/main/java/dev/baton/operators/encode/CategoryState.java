package dev.baton.operators.encode;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.KeyCounts;
import dev.baton.operators.internal.KeyTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How often each distinct value of some columns occurs. Exact, and the same whatever the order of
 * the rows and merges, because categories are only numbered after sorting. Grows with the number of
 * distinct values: about 40 bytes each plus the bytes of texts longer than eight bytes.
 */
public final class CategoryState implements FitState<CategoryState> {
  private final List<Counter> counters = new ArrayList<>();

  CategoryState(List<Field> fields) {
    fields.forEach(field -> counters.add(new Counter(field)));
  }

  @Override
  public void observe(Batch batch) {
    for (Counter counter : counters) {
      counter.observe(batch.column(counter.column), batch.rows());
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

  /** The family of types whose columns share the meaning of a category. */
  static TypeFamily family(Field field) {
    return TypeFamily.TEXT.accepts(field.getType())
        ? TypeFamily.TEXT
        : TypeFamily.BOOLEAN.accepts(field.getType()) ? TypeFamily.BOOLEAN : TypeFamily.INTEGER;
  }

  /** The distinct values of one column. */
  static final class Counter {
    final String column;
    final TypeFamily type;
    private final KeyCounts counts = new KeyCounts();
    private long nulls;

    Counter(Field field) {
      this.column = field.getName();
      this.type = family(field);
    }

    private void observe(FieldVector vector, int rows) {
      if (type == TypeFamily.TEXT) {
        counts.observeText(vector, rows);
      } else {
        counts.observeIntegers(vector, rows);
      }
      nulls += rows == 0 ? 0 : Validity.nulls(vector);
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

    /** The categories in ascending order: text by code points, integers by value. */
    int[] sorted() {
      KeyTable table = counts.keys();
      return type == TypeFamily.TEXT
          ? IntSort.order(size(), table::compareBytes)
          : IntSort.order(size(), (a, b) -> Long.compare(table.value(a), table.value(b)));
    }

    /** A category as written in column names, messages and saved pipelines. */
    String name(int number) {
      KeyTable table = counts.keys();
      return switch (type) {
        case TEXT -> table.text(number);
        case BOOLEAN -> table.value(number) == 1 ? "true" : "false";
        default -> Long.toString(table.value(number));
      };
    }
  }
}
