package dev.baton.engine.internal.score;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Writes Java objects into a column of one type. Not every object is one of that type. */
abstract class CellWriter {
  /** The objects it takes, in words. */
  abstract String takes();

  /** Writes a value that is not null; false when the object is not one that it takes. */
  abstract boolean set(FieldVector vector, int row, Object value);

  /** Makes room for so many rows, all null. */
  void allocate(FieldVector vector, int rows) {
    ((BaseFixedWidthVector) vector).allocateNew(rows);
    vector.setValueCount(rows);
  }

  /** Called when all rows are written. */
  void finish(FieldVector vector, int rows) {}

  /** The writer for a column, or null when no object stands for values of its type. */
  static CellWriter of(Field field) {
    ArrowType type = field.getType();
    if (type instanceof ArrowType.Int integer && integer.getIsSigned()) {
      return new Whole(integer.getBitWidth());
    } else if (type.equals(Types.FLOAT64) || type.equals(Types.FLOAT32)) {
      return new Floating(type.equals(Types.FLOAT64));
    } else if (type.equals(Types.BOOL)) {
      return new Truth();
    } else if (type.equals(Types.UTF8)) {
      return new Text();
    } else if (type.equals(Types.DATE)) {
      return new Day();
    }
    return type instanceof ArrowType.Timestamp timestamp ? new Moment(timestamp) : null;
  }

  private static boolean isWhole(Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte;
  }

  private static void valid(FieldVector vector, int row) {
    Validity.set(Validity.address(vector), row);
  }

  private static final class Whole extends CellWriter {
    private final int bits;

    Whole(int bits) {
      this.bits = bits;
    }

    @Override
    String takes() {
      return "a whole number of " + bits + " bits";
    }

    @Override
    boolean set(FieldVector vector, int row, Object value) {
      if (!isWhole(value)) {
        return false;
      }
      long number = ((Number) value).longValue();
      if (number << 64 - bits >> 64 - bits != number) {
        return false;
      }
      long at = Vectors.data(vector) + (long) (bits / 8) * row;
      switch (bits) {
        case 64 -> Memory.putLong(at, number);
        case 32 -> Memory.putInt(at, (int) number);
        case 16 -> Memory.putShort(at, (short) number);
        default -> Memory.putByte(at, (byte) number);
      }
      valid(vector, row);
      return true;
    }
  }

  private static final class Floating extends CellWriter {
    private final boolean isDouble;

    Floating(boolean isDouble) {
      this.isDouble = isDouble;
    }

    @Override
    String takes() {
      return "a number";
    }

    @Override
    boolean set(FieldVector vector, int row, Object value) {
      if (!(value instanceof Double || value instanceof Float || isWhole(value))) {
        return false;
      }
      if (isDouble) {
        Memory.putDouble(Vectors.data(vector) + 8L * row, ((Number) value).doubleValue());
      } else {
        Memory.putFloat(Vectors.data(vector) + 4L * row, ((Number) value).floatValue());
      }
      valid(vector, row);
      return true;
    }
  }

  private static final class Truth extends CellWriter {
    @Override
    String takes() {
      return "a Boolean";
    }

    @Override
    boolean set(FieldVector vector, int row, Object value) {
      if (!(value instanceof Boolean truth)) {
        return false;
      }
      if (truth) {
        Validity.set(Vectors.data(vector), row);
      }
      valid(vector, row);
      return true;
    }
  }

  private static final class Text extends CellWriter {
    private static final int EXPECTED_BYTES = 32;

    @Override
    String takes() {
      return "a text";
    }

    @Override
    void allocate(FieldVector vector, int rows) {
      VarCharVector texts = (VarCharVector) vector;
      int validity = Validity.bytes(rows) + 7 & -8;
      int offsets = 4 * (rows + 1) + 7 & -8;
      long bytes = (long) EXPECTED_BYTES * rows;
      // One buffer for all: each has its price.
      try (ArrowBuf all = vector.getAllocator().buffer(validity + offsets + bytes)) {
        for (int at = 0; at < validity + offsets; at += 8) {
          Memory.putLong(all.memoryAddress() + at, 0);
        }
        texts.loadFieldBuffers(
            new ArrowFieldNode(rows, rows),
            List.of(
                all.slice(0, validity),
                all.slice(validity, offsets),
                all.slice((long) validity + offsets, bytes)));
      }
      texts.setLastSet(-1);
    }

    @Override
    boolean set(FieldVector vector, int row, Object value) {
      if (!(value instanceof CharSequence text)) {
        return false;
      }
      ((VarCharVector) vector).setSafe(row, text.toString().getBytes(StandardCharsets.UTF_8));
      return true;
    }

    @Override
    void finish(FieldVector vector, int rows) {
      vector.setValueCount(rows);
    }
  }

  private static final class Day extends CellWriter {
    @Override
    String takes() {
      return "a LocalDate";
    }

    @Override
    boolean set(FieldVector vector, int row, Object value) {
      if (!(value instanceof LocalDate date) || (int) date.toEpochDay() != date.toEpochDay()) {
        return false;
      }
      Memory.putInt(Vectors.data(vector) + 4L * row, (int) date.toEpochDay());
      valid(vector, row);
      return true;
    }
  }

  private static final class Moment extends CellWriter {
    private final ArrowType.Timestamp type;

    Moment(ArrowType.Timestamp type) {
      this.type = type;
    }

    @Override
    String takes() {
      return type.getTimezone() == null
          ? "a LocalDateTime"
          : "an Instant, OffsetDateTime or ZonedDateTime";
    }

    @Override
    boolean set(FieldVector vector, int row, Object value) {
      Long count = Times.write(type, value);
      if (count == null) {
        return false;
      }
      Memory.putLong(Vectors.data(vector) + 8L * row, count);
      valid(vector, row);
      return true;
    }
  }
}
