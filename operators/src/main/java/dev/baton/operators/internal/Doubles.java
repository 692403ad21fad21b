package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Numeric columns as blocks of doubles on the heap, small enough to stay in the first cache. */
public final class Doubles {
  /** Rows of a block: a multiple of 64, so that blocks begin at a word of the validity bitmap. */
  public static final int BLOCK = 1024;

  private Doubles() {}

  /** Converts {@code count} values from row {@code first}; nulls become junk. */
  public static void load(FieldVector source, int first, int count, double[] into) {
    ArrowType type = source.getField().getType();
    long from = Vectors.data(source);
    if (type.equals(Types.FLOAT64)) {
      for (int i = 0; i < count; i++) {
        into[i] = Memory.getDouble(from + 8L * (first + i));
      }
    } else if (type.equals(Types.FLOAT32)) {
      for (int i = 0; i < count; i++) {
        into[i] = Memory.getFloat(from + 4L * (first + i));
      }
    } else if (type.equals(Types.INT64)) {
      for (int i = 0; i < count; i++) {
        into[i] = Memory.getLong(from + 8L * (first + i));
      }
    } else if (type.equals(Types.INT32)) {
      for (int i = 0; i < count; i++) {
        into[i] = Memory.getInt(from + 4L * (first + i));
      }
    } else if (type.equals(Types.INT16)) {
      for (int i = 0; i < count; i++) {
        into[i] = Memory.getShort(from + 2L * (first + i));
      }
    } else if (type.equals(Types.INT8)) {
      for (int i = 0; i < count; i++) {
        into[i] = Memory.getByte(from + first + i);
      }
    } else {
      throw new IllegalArgumentException("not a numeric column: " + source.getField());
    }
  }

  /** Writes {@code count} values, rounded to its precision, from row {@code first} of a column. */
  public static void store(double[] from, FieldVector target, int first, int count) {
    long to = Vectors.data(target);
    if (target.getField().getType().equals(Types.FLOAT64)) {
      for (int i = 0; i < count; i++) {
        Memory.putDouble(to + 8L * (first + i), from[i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        Memory.putFloat(to + 4L * (first + i), (float) from[i]);
      }
    }
  }

  /**
   * The values of {@code count} rows from {@code first} that are neither null nor NaN, in order,
   * moved together at the start of {@code into}.
   *
   * @param first a multiple of 64
   * @return how many there are
   */
  public static int observed(FieldVector source, int first, int count, double[] into) {
    load(source, first, count, into);
    long validity = Validity.address(source);
    int rows = source.getValueCount();
    int kept = 0;
    for (int start = 0; start < count; start += 64) {
      long word = Validity.word(validity, (first + start) >>> 6, rows);
      int end = Math.min(start + 64, count);
      for (int i = start; i < end; i++) {
        double value = into[i];
        into[kept] = value;
        kept += Double.isNaN(value) ? 0 : (int) word & 1;
        word >>>= 1;
      }
    }
    return kept;
  }
}
