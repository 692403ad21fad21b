package dev.baton.operators.expression;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Batches from and to plain Java values: Long, Double, Boolean, String, LocalDate, LocalDateTime, or
 * null, whatever the width of the column.
 */
final class Rows {
  private Rows() {}

  static FieldVector column(Field field, List<Object> values, BufferAllocator allocator) {
    FieldVector vector = field.createVector(allocator);
    vector.setInitialCapacity(values.size());
    vector.allocateNew();
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value == null) {
        vector.setNull(i);
      } else {
        set(vector, i, value);
      }
    }
    vector.setValueCount(values.size());
    return vector;
  }

  private static void set(FieldVector vector, int i, Object value) {
    if (vector instanceof TinyIntVector v) {
      v.setSafe(i, ((Number) value).intValue());
    } else if (vector instanceof SmallIntVector v) {
      v.setSafe(i, ((Number) value).intValue());
    } else if (vector instanceof IntVector v) {
      v.setSafe(i, ((Number) value).intValue());
    } else if (vector instanceof BigIntVector v) {
      v.setSafe(i, ((Number) value).longValue());
    } else if (vector instanceof Float4Vector v) {
      v.setSafe(i, ((Number) value).floatValue());
    } else if (vector instanceof Float8Vector v) {
      v.setSafe(i, ((Number) value).doubleValue());
    } else if (vector instanceof BitVector v) {
      v.setSafe(i, (Boolean) value ? 1 : 0);
    } else if (vector instanceof VarCharVector v) {
      v.setSafe(i, ((String) value).getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof DateDayVector v) {
      v.setSafe(i, (int) ((LocalDate) value).toEpochDay());
    } else {
      LocalDateTime time = (LocalDateTime) value;
      long micros = time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
      ((TimeStampMicroVector) vector).setSafe(i, micros);
    }
  }

  static Object get(FieldVector vector, int i) {
    if (vector.isNull(i)) {
      return null;
    }
    Object value = vector.getObject(i);
    if (vector instanceof VarCharVector) {
      return value.toString();
    }
    if (vector instanceof DateDayVector v) {
      return LocalDate.ofEpochDay(v.get(i));
    }
    if (vector instanceof Float8Vector || vector instanceof Float4Vector) {
      return ((Number) value).doubleValue();
    }
    return value instanceof Number number ? (Object) number.longValue() : value;
  }

  static List<Object> values(FieldVector vector) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < vector.getValueCount(); i++) {
      values.add(get(vector, i));
    }
    return values;
  }

  /** A batch of one row, of the columns most tests name. */
  static Batch one(BufferAllocator allocator, Object... namesTypesValues) {
    List<FieldVector> columns = new ArrayList<>();
    for (int i = 0; i < namesTypesValues.length; i += 3) {
      List<Object> values = new ArrayList<>();
      values.add(namesTypesValues[i + 2]);
      Field field =
          Types.field(
              (String) namesTypesValues[i], Types.parse((String) namesTypesValues[i + 1]));
      columns.add(column(field, values, allocator));
    }
    return Batch.of(1, columns);
  }

  /** Binds a transform to the schema of a batch and applies it. */
  static void apply(Transform transform, Batch batch, BufferAllocator allocator) throws Exception {
    Schema schema = batch.schema();
    try (Kernel kernel =
        transform.bind(new Binder(schema, true)).kernels().open(context(allocator))) {
      kernel.apply(batch);
    }
  }

  static KernelContext context(BufferAllocator allocator) {
    return new KernelContext() {
      @Override
      public BufferAllocator allocator() {
        return allocator;
      }

      @Override
      public void checkpoint() {}

      @Override
      public <T> T blocking(Callable<T> action) throws Exception {
        return action.call();
      }
    };
  }
}
