package dev.baton.operators.fetch;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.TextBuilder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.IntFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** A column made of answers: text, whole numbers, floats or booleans. */
record AnswerColumn(String name, ArrowType type) {
  /**
   * Checks that there is such a column.
   *
   * @throws IllegalArgumentException naming the types there are
   */
  static void check(String name, ArrowType type) {
    if (!type.equals(Types.UTF8)
        && !type.equals(Types.INT64)
        && !type.equals(Types.FLOAT64)
        && !type.equals(Types.BOOL)) {
      throw new IllegalArgumentException(
          String.format(
              "outputs: '%s' is %s but must be utf8, int64, float64 or bool",
              name, Types.name(type)));
    }
  }

  Field field() {
    return Types.field(name, type);
  }

  /** The value of a result's column, from 1, as this column holds it; null is null. */
  Object read(ResultSet result, int position) throws SQLException {
    Object value;
    if (type.equals(Types.UTF8)) {
      value = result.getString(position);
    } else if (type.equals(Types.INT64)) {
      value = result.getLong(position);
    } else if (type.equals(Types.FLOAT64)) {
      value = result.getDouble(position);
    } else {
      value = result.getBoolean(position);
    }
    return result.wasNull() ? null : value;
  }

  /** The column of {@code rows} values. */
  FieldVector vector(int rows, IntFunction<Object> values, BufferAllocator allocator) {
    if (type.equals(Types.UTF8)) {
      return texts(rows, values, allocator);
    }
    FieldVector vector = Vectors.fixed(field(), rows, allocator);
    long data = Vectors.data(vector);
    for (int row = 0; row < rows; row++) {
      Object value = values.apply(row);
      if (value == null) {
        continue;
      }
      Validity.set(Validity.address(vector), row);
      if (value instanceof Long number) {
        Memory.putLong(data + 8L * row, number);
      } else if (value instanceof Double number) {
        Memory.putDouble(data + 8L * row, number);
      } else if ((Boolean) value) {
        Validity.set(data, row);
      }
    }
    return vector;
  }

  private FieldVector texts(int rows, IntFunction<Object> values, BufferAllocator allocator) {
    try (TextBuilder builder = new TextBuilder(name, rows, 16L * rows, allocator)) {
      for (int row = 0; row < rows; row++) {
        Object value = values.apply(row);
        if (value == null) {
          builder.appendNull();
        } else {
          builder.append((String) value);
        }
      }
      return builder.finish();
    }
  }
}
