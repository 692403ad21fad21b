package dev.baton.operators.io.files;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.operators.internal.TextBuilder;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Columns of a value that a folder has, for all rows of a file. */
final class ConstantColumn {
  private ConstantColumn() {}

  /**
   * A column of integers or text.
   *
   * @param value null for a column of nulls
   */
  static FieldVector of(Field field, String value, int rows, BufferAllocator allocator) {
    if (field.getType() instanceof ArrowType.Utf8) {
      return text(field.getName(), value, rows, allocator);
    }
    BigIntVector vector = new BigIntVector(field, allocator);
    try {
      vector.allocateNew(Math.max(1, rows));
      long number = value == null ? 0 : Long.parseLong(value);
      long address = vector.getDataBuffer().memoryAddress();
      for (int i = 0; i < rows; i++) {
        Memory.putLong(address + 8L * i, number);
      }
      if (value != null) {
        Validity.setAll(vector.getValidityBuffer(), rows);
      }
      vector.setValueCount(rows);
      return vector;
    } catch (Throwable e) {
      vector.close();
      throw e;
    }
  }

  private static FieldVector text(String name, String value, int rows, BufferAllocator allocator) {
    byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
    long all = (long) bytes.length * rows;
    try (TextBuilder builder = new TextBuilder(name, rows, all, allocator)) {
      for (int i = 0; i < rows; i++) {
        if (value == null) {
          builder.appendNull();
        } else {
          builder.append(bytes, bytes.length);
        }
      }
      return builder.finish();
    }
  }
}
