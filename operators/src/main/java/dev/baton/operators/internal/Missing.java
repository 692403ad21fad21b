package dev.baton.operators.internal;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Which rows of a column are missing: null, or NaN in a column of floats. */
public final class Missing {
  private Missing() {}

  /** A bit for each of the rows {@code 64 * word} and on; bits past the last row are zero. */
  public static long word(FieldVector column, int word) {
    int rows = column.getValueCount();
    int count = Math.min(64, rows - 64 * word);
    long missing = ~Validity.word(Validity.address(column), word, rows) & Validity.tail(count);
    ArrowType type = column.getField().getType();
    if (type.equals(Types.FLOAT64)) {
      return missing | nanDoubles(Vectors.data(column) + 8L * 64 * word, count);
    }
    return type.equals(Types.FLOAT32)
        ? missing | nanFloats(Vectors.data(column) + 4L * 64 * word, count)
        : missing;
  }

  private static long nanDoubles(long at, int count) {
    long nan = 0;
    for (int i = 0; i < count; i++) {
      double x = Memory.getDouble(at + 8L * i);
      nan |= (Double.isNaN(x) ? 1L : 0L) << i;
    }
    return nan;
  }

  private static long nanFloats(long at, int count) {
    long nan = 0;
    for (int i = 0; i < count; i++) {
      float x = Memory.getFloat(at + 4L * i);
      nan |= (Float.isNaN(x) ? 1L : 0L) << i;
    }
    return nan;
  }

  /**
   * Finds the rows in which none of some columns is missing.
   *
   * @param found receives the rows; as long as there are rows
   * @return how many there are
   */
  public static int completeRows(Batch batch, List<String> names, int[] found) {
    FieldVector[] columns = names.stream().map(batch::column).toArray(FieldVector[]::new);
    int rows = batch.rows();
    int count = 0;
    for (int word = 0; word < Validity.words(rows); word++) {
      long missing = 0;
      for (FieldVector column : columns) {
        missing |= word(column, word);
      }
      long present = ~missing & Validity.tail(rows - 64 * word);
      for (; present != 0; present &= present - 1) {
        found[count++] = 64 * word + Long.numberOfTrailingZeros(present);
      }
    }
    return count;
  }
}
