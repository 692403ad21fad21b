package dev.baton.engine.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Columns of any type with seeded random values, and junk where they are null. */
final class RandomColumns {
  private RandomColumns() {}

  /** One column of every type that digests and gathers treat in their own way. */
  static List<Field> everyType() {
    List<ArrowType> types = new ArrayList<>();
    for (String name : Types.names()) {
      types.add(Types.parse(name));
    }
    for (int bits = 8; bits <= 64; bits *= 2) {
      types.add(new ArrowType.Int(bits, false));
    }
    types.add(new ArrowType.FloatingPoint(FloatingPointPrecision.HALF));
    types.add(new ArrowType.Date(DateUnit.MILLISECOND));
    types.add(new ArrowType.Time(TimeUnit.SECOND, 32));
    types.add(new ArrowType.Time(TimeUnit.NANOSECOND, 64));
    types.add(new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC"));
    types.add(new ArrowType.Duration(TimeUnit.MILLISECOND));
    types.add(new ArrowType.Decimal(20, 3, 128));
    types.add(new ArrowType.Decimal(40, 3, 256));
    types.add(new ArrowType.FixedSizeBinary(5));
    types.add(ArrowType.LargeUtf8.INSTANCE);
    types.add(ArrowType.LargeBinary.INSTANCE);
    List<Field> fields = new ArrayList<>();
    for (ArrowType type : types) {
      fields.add(Types.field("c" + fields.size(), type));
    }
    fields.add(Types.listField("list_int", Types.INT32));
    fields.add(Types.listField("list_text", Types.UTF8));
    fields.add(nested("list_null", ArrowType.List.INSTANCE, Types.field("item", Types.FLOAT64)));
    fields.add(nested("list_bool", ArrowType.List.INSTANCE, Types.field("item", Types.BOOL)));
    fields.add(nested("list_list", ArrowType.List.INSTANCE, Types.listField("item", Types.INT64)));
    fields.add(nested("fixed", new ArrowType.FixedSizeList(3), Types.field("item", Types.FLOAT32)));
    fields.add(
        nested(
            "struct",
            ArrowType.Struct.INSTANCE,
            Types.field("x", Types.INT16),
            Types.field("y", Types.UTF8)));
    return fields;
  }

  static Field nested(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.nullable(type), List.of(children));
  }

  static Batch batch(List<Field> fields, int rows, double nulls, long seed, BufferAllocator to) {
    Random random = new Random(seed);
    List<FieldVector> columns = new ArrayList<>();
    for (Field field : fields) {
      columns.add(column(field, rows, nulls, random, to));
    }
    return Batch.of(rows, columns);
  }

  static FieldVector column(
      Field field, int rows, double nulls, Random random, BufferAllocator allocator) {
    FieldVector vector = field.createVector(allocator);
    fill(vector, rows, nulls, random);
    return vector;
  }

  private static void fill(FieldVector vector, int rows, double nulls, Random random) {
    vector.setInitialCapacity(rows);
    vector.allocateNew();
    if (vector instanceof BaseFixedWidthVector fixed) {
      fixed.setValueCount(rows);
      long bytes = fixed.getTypeWidth() == 0 ? Validity.bytes(rows) : 0;
      bytes += (long) fixed.getTypeWidth() * rows;
      for (long i = 0; i < bytes; i++) {
        Memory.putByte(Vectors.data(fixed) + i, (byte) random.nextInt());
      }
    } else if (vector instanceof VariableWidthFieldVector text) {
      for (int i = 0; i < rows; i++) {
        byte[] value = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(21)];
        for (int j = 0; j < value.length; j++) {
          value[j] = (byte) ('a' + random.nextInt(26));
        }
        text.setSafe(i, value);
      }
      text.setValueCount(rows);
    } else if (vector instanceof ListVector list) {
      int at = 0;
      for (int i = 0; i < rows; i++) {
        int length = random.nextInt(4);
        list.startNewValue(i);
        list.endValue(i, length);
        at += length;
      }
      fill(list.getDataVector(), at, nulls, random);
      list.setValueCount(rows);
    } else if (vector instanceof FixedSizeListVector list) {
      fill(list.getDataVector(), rows * list.getListSize(), nulls, random);
      list.setValueCount(rows);
    } else if (vector.getField().getType() instanceof ArrowType.Struct) {
      for (FieldVector child : vector.getChildrenFromFields()) {
        fill(child, rows, nulls, random);
      }
      vector.setValueCount(rows);
    } else {
      throw new AssertionError(vector.getField());
    }
    if (rows > 0) {
      long validity = Validity.address(vector);
      for (int i = 0; i < rows; i++) {
        if (vector.getField().isNullable() && random.nextDouble() < nulls) {
          Validity.clear(validity, i);
        } else {
          Validity.set(validity, i);
        }
      }
    }
  }
}
