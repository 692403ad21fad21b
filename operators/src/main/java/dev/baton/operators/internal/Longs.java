package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;

/** Columns of whole numbers, of whatever width and meaning, as blocks of longs on the heap. */
public final class Longs {
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
}
