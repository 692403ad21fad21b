package dev.baton.engine.testkit;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A batch from Java values, where null is null: {@code new BatchBuilder(allocator).doubles("x",
 * 1.0, null).text("s", "a", "b").build()}. Builds one batch; the caller closes that.
 */
public final class BatchBuilder {
  private final BufferAllocator allocator;
  private final List<FieldVector> columns = new ArrayList<>();

  public BatchBuilder(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  public BatchBuilder bools(String name, Boolean... values) {
    return column(name, Types.BOOL, (Object[]) values);
  }

  public BatchBuilder ints(String name, Integer... values) {
    return column(name, Types.INT32, (Object[]) values);
  }

  public BatchBuilder longs(String name, Long... values) {
    return column(name, Types.INT64, (Object[]) values);
  }

  public BatchBuilder floats(String name, Float... values) {
    return column(name, Types.FLOAT32, (Object[]) values);
  }

  public BatchBuilder doubles(String name, Double... values) {
    return column(name, Types.FLOAT64, (Object[]) values);
  }

  public BatchBuilder text(String name, String... values) {
    return column(name, Types.UTF8, (Object[]) values);
  }

  /** Days since 1970. */
  public BatchBuilder dates(String name, Integer... values) {
    return column(name, Types.DATE, (Object[]) values);
  }

  /** Microseconds since 1970. */
  public BatchBuilder timestamps(String name, Long... values) {
    return column(name, Types.TIMESTAMP, (Object[]) values);
  }

  /** A nullable column of values boxed as {@link Rows} says. */
  public BatchBuilder column(String name, ArrowType type, Object... values) {
    return column(Types.field(name, type), values);
  }

  /** A column of values boxed as {@link Rows} says. */
  public BatchBuilder column(Field field, Object... values) {
    FieldVector vector = field.createVector(allocator);
    columns.add(vector);
    vector.setInitialCapacity(values.length);
    vector.allocateNew();
    for (int row = 0; row < values.length; row++) {
      Cells.set(vector, row, values[row]);
    }
    vector.setValueCount(values.length);
    return this;
  }

  /** The batch, of as many rows as the first column has values. */
  public Batch build() {
    return build(columns.isEmpty() ? 0 : columns.get(0).getValueCount());
  }

  public Batch build(int rows) {
    return Batch.of(rows, columns);
  }
}
