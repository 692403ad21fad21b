package dev.baton.operators.encode;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import java.util.ArrayList;
import java.util.Arrays;
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
      FieldVector vector = batch.column(counter.column);
      if (counter.type == TypeFamily.TEXT) {
        counter.observeText(vector, batch.rows());
      } else {
        counter.observeIntegers(vector, batch.rows());
      }
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
      counter.table.write(out);
      out.longs(Arrays.copyOf(counter.counts, counter.size()));
      out.longs(counter.nulls);
    }
  }

  @Override
  public void read(StateReader in) {
    for (Counter counter : counters) {
      counter.table.read(in);
      // Room for the next category, as adding one expects.
      long[] counts = in.longs();
      counter.counts = Arrays.copyOf(counts, Math.max(16, counts.length));
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
    private final CategoryTable table = new CategoryTable();
    private long[] counts = new long[16];
    private long nulls;

    Counter(Field field) {
      this.column = field.getName();
      this.type = family(field);
    }

    private void observeText(FieldVector vector, int rows) {
      long data = Vectors.data(vector);
      long offsets = Vectors.offsets(vector);
      long validity = Validity.address(vector);
      boolean noNulls = rows == 0 || Validity.nulls(vector) == 0;
      for (int row = 0; row < rows; row++) {
        if (noNulls || Validity.isSet(validity, row)) {
          int start = Memory.getInt(offsets + 4L * row);
          int end = Memory.getInt(offsets + 4L * row + 4);
          count(table.add(data + start, end - start), 1);
        } else {
          nulls++;
        }
      }
    }

    private void observeIntegers(FieldVector vector, int rows) {
      long[] values = new long[Math.min(rows, Integers.BLOCK)];
      long validity = Validity.address(vector);
      boolean noNulls = rows == 0 || Validity.nulls(vector) == 0;
      for (int first = 0; first < rows; first += Integers.BLOCK) {
        int count = Math.min(Integers.BLOCK, rows - first);
        Integers.load(vector, first, count, values);
        for (int i = 0; i < count; i++) {
          if (noNulls || Validity.isSet(validity, first + i)) {
            count(table.add(values[i]), 1);
          } else {
            nulls++;
          }
        }
      }
    }

    private void count(int number, long times) {
      if (number == counts.length) {
        counts = Arrays.copyOf(counts, 2 * number);
      }
      counts[number] += times;
    }

    private void merge(Counter later) {
      for (int number = 0; number < later.table.size(); number++) {
        count(table.add(later.table, number), later.counts[number]);
      }
      nulls += later.nulls;
    }

    int size() {
      return table.size();
    }

    long nulls() {
      return nulls;
    }

    long count(int number) {
      return counts[number];
    }

    /** The categories in ascending order: text by code points, integers by value. */
    int[] sorted() {
      return type == TypeFamily.TEXT
          ? IntSort.order(size(), table::compareBytes)
          : IntSort.order(size(), (a, b) -> Long.compare(table.value(a), table.value(b)));
    }

    /** A category as written in column names, messages and saved pipelines. */
    String name(int number) {
      return switch (type) {
        case TEXT -> table.text(number);
        case BOOLEAN -> table.value(number) == 1 ? "true" : "false";
        default -> Long.toString(table.value(number));
      };
    }
  }
}
