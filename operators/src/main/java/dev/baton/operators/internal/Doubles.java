package dev.baton.operators.internal;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.operator.ValueException;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

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
      long at = from + 8L * first;
      for (int i = 0; i < count; i++) {
        into[i] = Memory.getDouble(at + 8L * i);
      }
    } else if (type.equals(Types.FLOAT32)) {
      long at = from + 4L * first;
      for (int i = 0; i < count; i++) {
        into[i] = Memory.getFloat(at + 4L * i);
      }
    } else if (type.equals(Types.INT64)) {
      long at = from + 8L * first;
      for (int i = 0; i < count; i++) {
        into[i] = Memory.getLong(at + 8L * i);
      }
    } else if (type.equals(Types.INT32)) {
      long at = from + 4L * first;
      for (int i = 0; i < count; i++) {
        into[i] = Memory.getInt(at + 4L * i);
      }
    } else if (type.equals(Types.INT16)) {
      long at = from + 2L * first;
      for (int i = 0; i < count; i++) {
        into[i] = Memory.getShort(at + 2L * i);
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

  /**
   * The value of a numeric column in a batch of one row; NaN when it is missing, or the column is.
   *
   * @throws ValueException when it is infinite
   */
  public static double only(Batch row, String column) {
    if (!row.has(column)) {
      return Double.NaN;
    }
    double[] value = new double[1];
    if (observed(row.column(column), 0, 1, value) == 0) {
      return Double.NaN;
    }
    if (Double.isInfinite(value[0])) {
      throw new ValueException(
          column,
          -1,
          "what is put where it is missing must be finite but was "
              + value[0]
              + "; choose another fill before this stage");
    }
    return value[0];
  }

  /** The mean of two values, which neither overflows nor loses the last bit. */
  public static double middle(double low, double high) {
    double sum = low + high;
    return low == high ? low : Double.isInfinite(sum) ? low / 2 + high / 2 : sum / 2;
  }

  /**
   * Refuses the first value of a column that is infinite, if there is one.
   *
   * @throws ValueException naming its row
   */
  public static void refuseInfinity(FieldVector column) {
    double[] one = new double[1];
    for (int row = 0; row < column.getValueCount(); row++) {
      load(column, row, 1, one);
      if (Double.isInfinite(one[0]) && Validity.isSet(Validity.address(column), row)) {
        throw new ValueException(
            column.getName(),
            row,
            "expected a finite value but was " + one[0] + "; clip or impute before this stage");
      }
    }
  }

  /** Declares that numeric columns become float64, and gives their names. */
  public static List<String> replace(Binder binder, Columns columns) {
    List<String> names =
        binder.read(columns, TypeFamily.NUMERIC).stream().map(Field::getName).toList();
    names.forEach(name -> binder.put(Types.field(name, Types.FLOAT64)));
    return names;
  }
}
