package dev.baton.engine.testkit;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A table on the heap, boxed and row by row: slow and obvious on purpose, for oracles.
 *
 * <p>A cell is null or the boxed value of its column's type: {@code Boolean}, {@code Byte} … {@code
 * Double}, {@code String}, {@code byte[]}, {@code BigDecimal}, days since 1970 as an {@code
 * Integer} for dates, the raw count as a {@code Long} for timestamps, and a {@code List} of such
 * for lists.
 *
 * @param schema the columns
 * @param cells one array per row, as wide as the schema; to be treated as immutable
 */
public record Rows(Schema schema, List<Object[]> cells) {
  public Rows {
    for (Object[] row : cells) {
      if (row.length != schema.getFields().size()) {
        throw new IllegalArgumentException(
            "a row of " + row.length + " cells for " + schema + ": " + Arrays.toString(row));
      }
    }
    cells = List.copyOf(cells);
  }

  /** Everything in {@code batch}, which is only borrowed. */
  public static Rows of(Batch batch) {
    List<Object[]> cells = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      Object[] cell = new Object[batch.width()];
      for (int i = 0; i < cell.length; i++) {
        cell[i] = Cells.get(batch.column(i), row);
      }
      cells.add(cell);
    }
    return new Rows(batch.schema(), cells);
  }

  /** A table from literal rows: {@code Rows.of(schema, row(1, "a"), row(null, "b"))}. */
  public static Rows of(Schema schema, Object[]... rows) {
    return new Rows(schema, List.of(rows));
  }

  public static Object[] row(Object... cells) {
    return cells;
  }

  /** Shorthand for a schema of nullable columns: {@code "a", Types.INT32, "b", Types.UTF8}. */
  public static Schema schema(Object... namesAndTypes) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      fields.add(Types.field((String) namesAndTypes[i], (ArrowType) namesAndTypes[i + 1]));
    }
    return new Schema(fields);
  }

  /** A batch of these rows; the caller closes it. */
  public Batch batch(BufferAllocator allocator) {
    BatchBuilder builder = new BatchBuilder(allocator);
    List<Field> fields = schema.getFields();
    for (int i = 0; i < fields.size(); i++) {
      int column = i;
      builder.column(fields.get(i), cells.stream().map(row -> row[column]).toArray());
    }
    return builder.build(cells.size());
  }

  public int size() {
    return cells.size();
  }

  public List<String> names() {
    return schema.getFields().stream().map(Field::getName).toList();
  }

  /** The position of a column. */
  public int position(String column) {
    int position = names().indexOf(column);
    if (position < 0) {
      throw new IllegalArgumentException("no column '" + column + "' in " + names());
    }
    return position;
  }

  public Object get(int row, String column) {
    return cells.get(row)[position(column)];
  }

  /** All values of one column. */
  public List<Object> column(String name) {
    int position = position(name);
    List<Object> values = new ArrayList<>();
    cells.forEach(row -> values.add(row[position]));
    return values;
  }

  /** Rows {@code from} to {@code to - 1}. */
  public Rows slice(int from, int to) {
    return new Rows(schema, cells.subList(from, to));
  }

  /** Only these columns, in the order of the schema. */
  public Rows only(Set<String> columns) {
    Rows kept = this;
    for (String name : names()) {
      kept = columns.contains(name) ? kept : kept.without(name);
    }
    return kept;
  }

  /** All columns but this one. */
  public Rows without(String column) {
    int position = position(column);
    List<Field> fields = new ArrayList<>(schema.getFields());
    fields.remove(position);
    List<Object[]> rows = new ArrayList<>();
    for (Object[] row : cells) {
      List<Object> left = new ArrayList<>(Arrays.asList(row));
      left.remove(position);
      rows.add(left.toArray());
    }
    return new Rows(new Schema(fields), rows);
  }

  /** These columns, with {@code field} at the end or in the place of the column of its name. */
  public Rows with(Field field, List<?> values) {
    int at = names().indexOf(field.getName());
    List<Field> fields = new ArrayList<>(schema.getFields());
    if (at < 0) {
      fields.add(field);
    } else {
      fields.set(at, field);
    }
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Object[] row = Arrays.copyOf(cells.get(i), fields.size());
      row[at < 0 ? row.length - 1 : at] = values.get(i);
      rows.add(row);
    }
    return new Rows(new Schema(fields), rows);
  }

  /** {@link #with} whose values are a function of each value of the column {@code from}. */
  public Rows with(Field field, String from, UnaryOperator<Object> function) {
    List<Object> values = new ArrayList<>();
    column(from).forEach(value -> values.add(function.apply(value)));
    return with(field, values);
  }

  /** These rows, then those of another table of the same schema. */
  public Rows plus(Rows more) {
    Differences.assertSameSchema(schema, more.schema, "rows to be joined");
    List<Object[]> all = new ArrayList<>(cells);
    all.addAll(more.cells);
    return new Rows(schema, all);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(names().toString());
    for (Object[] row : cells.subList(0, Math.min(20, cells.size()))) {
      text.append('\n').append(Arrays.deepToString(row));
    }
    return cells.size() > 20 ? text + "\n… of " + cells.size() + " rows" : text.toString();
  }
}
