package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;

/** Columns of whole numbers, of whatever width and meaning, as blocks of longs on the heap. */
public final class Longs {
  /** Rows of a block, as of {@link Doubles}. */
  public static final int BLOCK = Doubles.BLOCK;

  /** What {@link #loadKeys} makes of NaN. */
  public static final long NAN = Double.doubleToLongBits(Double.NaN);

  private Longs() {}

  /**
   * Reads {@code count} values from row {@code first} of an integer, boolean (0 or 1), date or
   * timestamp column, in its own unit; nulls become junk.
   */
  public static void load(FieldVector source, int first, int count, long[] into) {
    long from = Vectors.data(source);
    if (source instanceof BitVector) {
      for (int i = 0; i < count; i++) {
        into[i] = Validity.isSet(from, first + i) ? 1 : 0;
      }
      return;
    }
    switch (((BaseFixedWidthVector) source).getTypeWidth()) {
      case 8 -> {
        for (int i = 0; i < count; i++) {
          into[i] = Memory.getLong(from + 8L * (first + i));
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          into[i] = Memory.getInt(from + 4L * (first + i));
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          into[i] = Memory.getShort(from + 2L * (first + i));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          into[i] = Memory.getByte(from + first + i);
        }
      }
    }
  }

  /**
   * Reads {@code count} values from row {@code first} of a float column as keys: the bits of equal
   * numbers are equal, and those of any NaN are {@link #NAN}; nulls become junk.
   */
  public static void loadKeys(FieldVector source, int first, int count, long[] into) {
    long from = Vectors.data(source);
    if (((BaseFixedWidthVector) source).getTypeWidth() == 8) {
      for (int i = 0; i < count; i++) {
        into[i] = Double.doubleToLongBits(Memory.getDouble(from + 8L * (first + i)) + 0.0);
      }
    } else {
      for (int i = 0; i < count; i++) {
        into[i] = Double.doubleToLongBits(Memory.getFloat(from + 4L * (first + i)) + 0.0);
      }
    }
  }

  /**
   * Writes {@code count} values, cut to the column's width, from row {@code first} of such a
   * column.
   *
   * @param first a multiple of 64
   */
  public static void store(long[] from, FieldVector target, int first, int count) {
    long to = Vectors.data(target);
    if (target instanceof BitVector) {
      for (int start = 0; start < count; start += 64) {
        long word = 0;
        for (int i = start; i < Math.min(start + 64, count); i++) {
          word |= (from[i] & 1) << i;
        }
        Validity.putWord(to + (first >>> 3), start >>> 6, count, word);
      }
      return;
    }
    switch (((BaseFixedWidthVector) target).getTypeWidth()) {
      case 8 -> {
        for (int i = 0; i < count; i++) {
          Memory.putLong(to + 8L * (first + i), from[i]);
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          Memory.putInt(to + 4L * (first + i), (int) from[i]);
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          Memory.putShort(to + 2L * (first + i), (short) from[i]);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          Memory.putByte(to + first + i, (byte) from[i]);
        }
      }
    }
  }
}
