package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Copies;
import dev.baton.operators.internal.TextBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Puts a value where a column is null or NaN; what imputers make when they are fitted.
 *
 * @param fills what replaces the missing values of each column
 * @param dropped columns that are dropped
 */
record Filling(List<Fill> fills, List<String> dropped) implements Transform {
  /** Fills one column of a batch. */
  private interface Filler {
    void fill(Batch batch, BufferAllocator allocator);
  }

  Filling {
    fills = List.copyOf(fills);
    dropped = List.copyOf(dropped);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Filler> fillers = new ArrayList<>();
    for (Fill fill : fills) {
      Field field =
          binder.read(fill.column(), TypeFamily.NUMERIC, TypeFamily.TEXT, TypeFamily.BOOLEAN);
      binder.put(fill.widen() ? Types.field(fill.column(), Types.FLOAT64) : field);
      fillers.add(filler(fill, field));
    }
    dropped.forEach(binder::drop);
    return binder.transform(
        context ->
            batch -> {
              dropped.forEach(batch::drop);
              for (Filler filler : fillers) {
                filler.fill(batch, context.allocator());
              }
            });
  }

  private static Filler filler(Fill fill, Field field) {
    String name = fill.column();
    Object value = fill.parse(field);
    ArrowType type = fill.widen() ? Types.FLOAT64 : field.getType();
    if (type.equals(Types.FLOAT64)) {
      double number = (Double) value;
      return (batch, allocator) -> fillDoubles(batch, name, number, allocator);
    } else if (type.equals(Types.FLOAT32)) {
      float number = ((Double) value).floatValue();
      return (batch, allocator) -> fillFloats(Copies.writable(batch, name, allocator), number);
    } else if (type instanceof ArrowType.Int integer) {
      long number = (Long) value;
      int width = integer.getBitWidth() / 8;
      return (batch, allocator) -> {
        if (hasNulls(batch, name)) {
          fillIntegers(Copies.writable(batch, name, allocator), width, number);
        }
      };
    } else if (type instanceof ArrowType.Bool) {
      boolean truth = (Boolean) value;
      return (batch, allocator) -> {
        if (hasNulls(batch, name)) {
          fillBooleans(Copies.writable(batch, name, allocator), truth);
        }
      };
    }
    byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
    return (batch, allocator) -> {
      if (hasNulls(batch, name)) {
        batch.put(filledText(batch.column(name), text, allocator));
      }
    };
  }

  private static boolean hasNulls(Batch batch, String name) {
    return batch.rows() > 0 && Validity.nulls(batch.column(name)) > 0;
  }

  /** Copies and fills at once where other batches see the column. */
  private static void fillDoubles(
      Batch batch, String name, double value, BufferAllocator allocator) {
    FieldVector source = batch.column(name);
    int rows = batch.rows();
    if (source instanceof Float8Vector && !batch.askToWrite(name)) {
      FieldVector target = Vectors.unset(source.getField(), rows, allocator);
      fillDoubles(source, target, value);
      batch.put(target);
    } else {
      source = Vectors.writableDoubles(batch, name, allocator);
      fillDoubles(source, source, value);
    }
  }

  private static void fillDoubles(FieldVector source, FieldVector target, double value) {
    int rows = source.getValueCount();
    long from = Vectors.data(source);
    long to = Vectors.data(target);
    long validity = Validity.address(source);
    for (int word = 0; word < Validity.words(rows); word++) {
      long at = to + 8L * 64 * word;
      int count = Math.min(64, rows - 64 * word);
      double sum = copy(from + 8L * 64 * word, at, count);
      long nulls = ~Validity.word(validity, word, rows) & Validity.tail(count);
      for (; nulls != 0; nulls &= nulls - 1) {
        Memory.putDouble(at + 8L * Long.numberOfTrailingZeros(nulls), value);
      }
      // Any NaN makes the sum NaN, and so do infinities of both signs.
      for (int i = 0; Double.isNaN(sum) && i < count; i++) {
        if (Double.isNaN(Memory.getDouble(at + 8L * i))) {
          Memory.putDouble(at + 8L * i, value);
        }
      }
    }
    if (rows > 0) {
      Validity.setAll(Validity.address(target), rows);
    }
  }

  /** Copies up to 64 values and gives their sum, by several sums that do not wait on another. */
  private static double copy(long from, long to, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      double w = Memory.getDouble(from + 8L * i);
      double x = Memory.getDouble(from + 8L * i + 8);
      double y = Memory.getDouble(from + 8L * i + 16);
      double z = Memory.getDouble(from + 8L * i + 24);
      Memory.putDouble(to + 8L * i, w);
      Memory.putDouble(to + 8L * i + 8, x);
      Memory.putDouble(to + 8L * i + 16, y);
      Memory.putDouble(to + 8L * i + 24, z);
      a += w;
      b += x;
      c += y;
      d += z;
    }
    for (; i < count; i++) {
      double w = Memory.getDouble(from + 8L * i);
      Memory.putDouble(to + 8L * i, w);
      a += w;
    }
    return (a + b) + (c + d);
  }

  private static void fillFloats(FieldVector column, float value) {
    int rows = column.getValueCount();
    long data = Vectors.data(column);
    long validity = Validity.address(column);
    for (int word = 0; word < Validity.words(rows); word++) {
      long at = data + 4L * 64 * word;
      int count = Math.min(64, rows - 64 * word);
      long valid = Validity.word(validity, word, rows);
      for (int i = 0; i < count; i++) {
        float x = Memory.getFloat(at + 4L * i);
        Memory.putFloat(at + 4L * i, (valid & 1) != 0 && !Float.isNaN(x) ? x : value);
        valid >>>= 1;
      }
    }
    Validity.setAll(validity, rows);
  }

  private static void fillIntegers(FieldVector column, int width, long value) {
    int rows = column.getValueCount();
    long data = Vectors.data(column);
    long validity = Validity.address(column);
    for (int word = 0; word < Validity.words(rows); word++) {
      long missing =
          ~Validity.word(validity, word, rows) & Validity.tail(Math.min(64, rows - 64 * word));
      for (; missing != 0; missing &= missing - 1) {
        long row = 64L * word + Long.numberOfTrailingZeros(missing);
        switch (width) {
          case 8 -> Memory.putLong(data + 8 * row, value);
          case 4 -> Memory.putInt(data + 4 * row, (int) value);
          case 2 -> Memory.putShort(data + 2 * row, (short) value);
          default -> Memory.putByte(data + row, (byte) value);
        }
      }
    }
    Validity.setAll(validity, rows);
  }

  private static void fillBooleans(FieldVector column, boolean value) {
    int rows = column.getValueCount();
    long data = Vectors.data(column);
    long validity = Validity.address(column);
    for (int word = 0; word < Validity.words(rows); word++) {
      long valid = Validity.word(validity, word, rows);
      long bits = Validity.word(data, word, rows) & valid;
      Validity.putWord(data, word, rows, value ? bits | ~valid : bits);
    }
    Validity.setAll(validity, rows);
  }

  private static FieldVector filledText(
      FieldVector column, byte[] value, BufferAllocator allocator) {
    int rows = column.getValueCount();
    long data = Vectors.data(column);
    long offsets = Vectors.offsets(column);
    long validity = Validity.address(column);
    int from = Memory.getInt(offsets);
    long bytes =
        (long) Memory.getInt(offsets + 4L * rows)
            - from
            + (long) Validity.nulls(column) * value.length;
    try (TextBuilder builder = new TextBuilder(column.getName(), rows, bytes, allocator)) {
      for (int word = 0; word < Validity.words(rows); word++) {
        long valid = Validity.word(validity, word, rows);
        int end = Math.min(64 * word + 64, rows);
        for (int row = 64 * word; row < end; row++) {
          int to = Memory.getInt(offsets + 4L * (row + 1));
          if ((valid & 1) != 0) {
            builder.append(data + from, to - from);
          } else {
            builder.append(value, value.length);
          }
          from = to;
          valid >>>= 1;
        }
      }
      return builder.finish();
    }
  }
}
