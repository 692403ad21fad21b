package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/** What becomes of stored values of one width on their way into an Arrow column. */
enum Conversion {
  NONE,
  /** 32-bit integers to the lowest 8 bits. */
  TO_8,
  /** 32-bit integers to the lowest 16 bits. */
  TO_16,
  /** Integers, little-endian, to decimals of 128 or 256 bits. */
  EXTEND,
  /** Big-endian integers of any width to decimals. */
  REVERSE,
  /** Nanoseconds of a Julian day to microseconds since 1970. */
  INT96;

  private static final long JULIAN_DAY_OF_1970 = 2_440_588;
  private static final long MICROS_OF_DAY = 86_400_000_000L;

  static Conversion of(SchemaElement element, ArrowType type) {
    if (type instanceof ArrowType.Decimal) {
      boolean integer = element.getType() == Type.INT32 || element.getType() == Type.INT64;
      return integer ? EXTEND : REVERSE;
    } else if (element.getType() == Type.INT96) {
      return INT96;
    } else if (element.getType() == Type.INT32 && type instanceof ArrowType.Int integer) {
      return switch (integer.getBitWidth()) {
        case 8 -> TO_8;
        case 16 -> TO_16;
        default -> NONE;
      };
    }
    return NONE;
  }

  /** Converts {@code count} values; the two places do not overlap. */
  void apply(long source, int sourceWidth, long target, int targetWidth, int count) {
    switch (this) {
      case NONE -> Memory.copy(source, target, (long) sourceWidth * count);
      case TO_8 -> {
        for (int i = 0; i < count; i++) {
          Memory.putByte(target + i, Memory.getByte(source + 4L * i));
        }
      }
      case TO_16 -> {
        for (int i = 0; i < count; i++) {
          Memory.putShort(target + 2L * i, Memory.getShort(source + 4L * i));
        }
      }
      case EXTEND -> {
        for (int i = 0; i < count; i++) {
          long value =
              sourceWidth == 4 ? Memory.getInt(source + 4L * i) : Memory.getLong(source + 8L * i);
          Memory.putLong(target, value);
          for (int j = 8; j < targetWidth; j += 8) {
            Memory.putLong(target + j, value >> 63);
          }
          target += targetWidth;
        }
      }
      case REVERSE -> {
        for (int i = 0; i < count; i++) {
          reverse(source + (long) sourceWidth * i, sourceWidth, target, targetWidth);
          target += targetWidth;
        }
      }
      case INT96 -> {
        for (int i = 0; i < count; i++) {
          long nanos = Memory.getLong(source + 12L * i);
          long day = Memory.getInt(source + 12L * i + 8) - JULIAN_DAY_OF_1970;
          Memory.putLong(target + 8L * i, day * MICROS_OF_DAY + Math.floorDiv(nanos, 1000L));
        }
      }
    }
  }

  /** A big-endian two's complement integer as a little-endian one that is at least as wide. */
  static void reverse(long source, int sourceWidth, long target, int targetWidth) {
    int kept = Math.min(sourceWidth, targetWidth);
    for (int i = 0; i < kept; i++) {
      Memory.putByte(target + i, Memory.getByte(source + sourceWidth - 1 - i));
    }
    byte sign = kept == 0 ? 0 : (byte) (Memory.getByte(target + kept - 1) >> 7);
    Memory.fill(target + kept, targetWidth - kept, sign);
  }
}
