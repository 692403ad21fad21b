package dev.baton.engine.internal.score;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads a value that is not null as a Java object, as {@link dev.baton.engine.Scorer} says. */
@FunctionalInterface
interface CellReader {
  Object get(FieldVector vector, int row);

  /** How to read a column. */
  static CellReader of(Field field) {
    ArrowType type = field.getType();
    if (type instanceof ArrowType.Int integer && integer.getIsSigned()) {
      return switch (integer.getBitWidth()) {
        case 64 -> (v, row) -> Memory.getLong(Vectors.data(v) + 8L * row);
        case 32 -> (v, row) -> Memory.getInt(Vectors.data(v) + 4L * row);
        case 16 -> (v, row) -> Memory.getShort(Vectors.data(v) + 2L * row);
        default -> (v, row) -> Memory.getByte(Vectors.data(v) + row);
      };
    } else if (type.equals(Types.FLOAT64)) {
      return (v, row) -> Memory.getDouble(Vectors.data(v) + 8L * row);
    } else if (type.equals(Types.FLOAT32)) {
      return (v, row) -> Memory.getFloat(Vectors.data(v) + 4L * row);
    } else if (type.equals(Types.BOOL)) {
      return (v, row) -> Validity.isSet(Vectors.data(v), row);
    } else if (type.equals(Types.UTF8)) {
      return (v, row) -> new String(bytes(v, row), StandardCharsets.UTF_8);
    } else if (type.equals(Types.BINARY)) {
      return CellReader::bytes;
    } else if (type.equals(Types.DATE)) {
      return (v, row) -> LocalDate.ofEpochDay(Memory.getInt(Vectors.data(v) + 4L * row));
    } else if (type instanceof ArrowType.Timestamp timestamp) {
      return (v, row) -> Times.read(timestamp, Memory.getLong(Vectors.data(v) + 8L * row));
    } else if (type instanceof ArrowType.List) {
      return list(field.getChildren().get(0));
    }
    return FieldVector::getObject;
  }

  private static byte[] bytes(FieldVector vector, int row) {
    long offsets = Vectors.offsets(vector) + 4L * row;
    int start = Memory.getInt(offsets);
    byte[] bytes = new byte[Memory.getInt(offsets + 4) - start];
    Memory.copyToArray(Vectors.data(vector) + start, bytes, 0, bytes.length);
    return bytes;
  }

  /** Lists of numbers as arrays, others as lists. */
  private static CellReader list(Field element) {
    ArrowType type = element.getType();
    CellReader reader = of(element);
    return (vector, row) -> {
      ListVector list = (ListVector) vector;
      FieldVector data = list.getDataVector();
      int start = list.getElementStartIndex(row);
      int length = list.getElementEndIndex(row) - start;
      if (element.isNullable()) {
        return boxed(data, start, length, reader);
      } else if (type.equals(Types.INT32)) {
        return ints(data, start, length);
      } else if (type.equals(Types.INT64)) {
        return longs(data, start, length);
      } else if (type.equals(Types.FLOAT32)) {
        return floats(data, start, length);
      } else if (type.equals(Types.FLOAT64)) {
        return doubles(data, start, length);
      }
      return boxed(data, start, length, reader);
    };
  }

  private static List<Object> boxed(FieldVector data, int start, int length, CellReader reader) {
    List<Object> all = new ArrayList<>(length);
    for (int i = start; i < start + length; i++) {
      all.add(data.isNull(i) ? null : reader.get(data, i));
    }
    return all;
  }

  private static int[] ints(FieldVector data, int start, int length) {
    int[] all = new int[length];
    for (int i = 0; i < length; i++) {
      all[i] = Memory.getInt(Vectors.data(data) + 4L * (start + i));
    }
    return all;
  }

  private static long[] longs(FieldVector data, int start, int length) {
    long[] all = new long[length];
    for (int i = 0; i < length; i++) {
      all[i] = Memory.getLong(Vectors.data(data) + 8L * (start + i));
    }
    return all;
  }

  private static float[] floats(FieldVector data, int start, int length) {
    float[] all = new float[length];
    for (int i = 0; i < length; i++) {
      all[i] = Memory.getFloat(Vectors.data(data) + 4L * (start + i));
    }
    return all;
  }

  private static double[] doubles(FieldVector data, int start, int length) {
    double[] all = new double[length];
    for (int i = 0; i < length; i++) {
      all[i] = Memory.getDouble(Vectors.data(data) + 8L * (start + i));
    }
    return all;
  }
}
