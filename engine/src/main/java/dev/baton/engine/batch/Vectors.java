package dev.baton.engine.batch;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Makes columns for kernels to write into through their buffer addresses. */
public final class Vectors {
  private Vectors() {}

  /**
   * A new fixed-width column of {@code rows} values, all null and zero. The caller closes it or
   * puts it in a batch.
   */
  @SuppressWarnings("unchecked")
  public static <V extends FieldVector> V fixed(Field field, int rows, BufferAllocator allocator) {
    BaseFixedWidthVector vector = (BaseFixedWidthVector) field.createVector(allocator);
    try {
      vector.allocateNew(rows);
      vector.setValueCount(rows);
      return (V) vector;
    } catch (Throwable e) {
      vector.close();
      throw e;
    }
  }

  /**
   * The same with any contents, for a caller who writes every value and the whole validity bitmap.
   */
  @SuppressWarnings("unchecked")
  public static <V extends FieldVector> V unset(Field field, int rows, BufferAllocator allocator) {
    BaseFixedWidthVector vector = (BaseFixedWidthVector) field.createVector(allocator);
    if (rows == 0) {
      return (V) vector;
    }
    try (ArrowBuf validity = allocator.buffer(Validity.bytes(rows));
        ArrowBuf values = allocator.buffer((long) vector.getTypeWidth() * rows)) {
      vector.loadFieldBuffers(new ArrowFieldNode(rows, 0), List.of(validity, values));
      return (V) vector;
    } catch (Throwable e) {
      vector.close();
      throw e;
    }
  }

  /** The address of a column's values. */
  public static long data(FieldVector vector) {
    return vector.getDataBuffer().memoryAddress();
  }

  /** The address of a column's offsets, one more than it has rows, of four bytes each. */
  public static long offsets(FieldVector vector) {
    return vector.getOffsetBuffer().memoryAddress();
  }

  /** Gives {@code target} the same nulls as {@code source}; both have the same number of rows. */
  public static void copyValidity(FieldVector source, FieldVector target) {
    int rows = source.getValueCount();
    if (rows > 0) {
      Validity.copy(Validity.address(source), Validity.address(target), rows);
    }
  }

  /**
   * A numeric column as 64-bit floats that may be written: the column itself when it is one of
   * those and no other batch sees it, else a converted copy <em>already put into the batch</em> in
   * its place.
   */
  public static Float8Vector writableDoubles(Batch batch, String name, BufferAllocator allocator) {
    FieldVector source = batch.column(name);
    if (source instanceof Float8Vector doubles && batch.askToWrite(name)) {
      return doubles;
    }
    int rows = batch.rows();
    Float8Vector target = unset(Types.field(name, Types.FLOAT64), rows, allocator);
    copyValidity(source, target);
    toDoubles(source, 0, rows, target.getDataBuffer());
    batch.put(target);
    return target;
  }

  /**
   * Converts {@code count} values of a numeric column from row {@code first}; nulls become junk.
   */
  public static void toDoubles(FieldVector source, int first, int count, ArrowBuf target) {
    long from = data(source);
    long to = target.memoryAddress();
    ArrowType type = source.getField().getType();
    if (type.equals(Types.FLOAT64)) {
      Memory.copy(from + 8L * first, to, 8L * count);
    } else if (type.equals(Types.FLOAT32)) {
      for (int i = 0; i < count; i++) {
        Memory.putDouble(to + 8L * i, Memory.getFloat(from + 4L * (first + i)));
      }
    } else if (type.equals(Types.INT64)) {
      for (int i = 0; i < count; i++) {
        Memory.putDouble(to + 8L * i, Memory.getLong(from + 8L * (first + i)));
      }
    } else if (type.equals(Types.INT32)) {
      for (int i = 0; i < count; i++) {
        Memory.putDouble(to + 8L * i, Memory.getInt(from + 4L * (first + i)));
      }
    } else if (type.equals(Types.INT16)) {
      for (int i = 0; i < count; i++) {
        Memory.putDouble(to + 8L * i, Memory.getShort(from + 2L * (first + i)));
      }
    } else if (type.equals(Types.INT8)) {
      for (int i = 0; i < count; i++) {
        Memory.putDouble(to + 8L * i, Memory.getByte(from + first + i));
      }
    } else {
      throw new IllegalArgumentException("not a numeric column: " + source.getField());
    }
  }
}
