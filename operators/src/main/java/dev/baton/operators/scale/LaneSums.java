package dev.baton.operators.scale;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.Doubles;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;

/**
 * Sums up one column of a batch: how many values are neither null nor NaN, the sum of their
 * distances from a number near them, and of the squares of these.
 *
 * <p>Every 512th row goes to the same of 512 sums, which the compiler turns into vector
 * instructions, and adding them up at the end rounds less than one long sum. What is missing is
 * replaced by that number, at distance 0.
 */
final class LaneSums {
  private static final int LANES = 512;

  /** States are made for every split of the input; their scratch is the thread's. */
  private static final ThreadLocal<LaneSums> OF_THREAD = ThreadLocal.withInitial(LaneSums::new);

  private final double[] block = new double[LANES];
  private final double[] distances = new double[LANES];
  private final double[] squares = new double[LANES];
  private long count;

  private LaneSums() {}

  /**
   * What there is of a column.
   *
   * @param around the number near the values
   * @param count how many values there are
   * @param sum of their distances
   * @param squares the sum of the squares of their distances
   */
  record Sums(double around, long count, double sum, double squares) {}

  /** The sums of a column of a batch, which are noted there: several states may want them. */
  static Sums of(Batch batch, FieldVector column, double around) {
    if (batch.noted(column) instanceof Sums noted && noted.around() == around) {
      return noted;
    }
    LaneSums lanes = OF_THREAD.get();
    Sums sums = lanes.observe(column, around, false);
    if (!Double.isFinite(sums.sum())) {
      sums = lanes.observe(column, around, true);
    }
    batch.note(column, sums);
    return sums;
  }

  private Sums observe(FieldVector column, double around, boolean lookForNan) {
    Arrays.fill(distances, 0);
    Arrays.fill(squares, 0);
    count = 0;
    int rows = column.getValueCount();
    DoubleBuffer doubles =
        column instanceof Float8Vector && rows > 0
            ? Memory.doubles(Vectors.data(column), rows)
            : null;
    for (int first = 0; first < rows; first += LANES) {
      int length = Math.min(LANES, rows - first);
      if (doubles != null) {
        doubles.get(first, block, 0, length);
      } else {
        Doubles.load(column, first, length, block);
      }
      Arrays.fill(block, length, LANES, around);
      count += replaceNulls(column, first, length, around);
      if (lookForNan) {
        count -= replaceNan(around);
      }
      add(block, distances, squares, around);
    }
    return new Sums(around, count, sum(distances), sum(squares));
  }

  /** Gives the number of rows that are not null. */
  private int replaceNulls(FieldVector column, int first, int length, double around) {
    long validity = Validity.address(column);
    int rows = column.getValueCount();
    int valid = 0;
    for (int start = 0; start < length; start += 64) {
      long word = Validity.word(validity, (first + start) >>> 6, rows);
      valid += Long.bitCount(word);
      for (long nulls = ~word & Validity.tail(length - start); nulls != 0; nulls &= nulls - 1) {
        block[start + Long.numberOfTrailingZeros(nulls)] = around;
      }
    }
    return valid;
  }

  private int replaceNan(double around) {
    int nan = 0;
    for (int i = 0; i < LANES; i++) {
      if (Double.isNaN(block[i])) {
        block[i] = around;
        nan++;
      }
    }
    return nan;
  }

  private static void add(double[] block, double[] distances, double[] squares, double around) {
    for (int i = 0; i < LANES; i++) {
      double distance = block[i] - around;
      distances[i] += distance;
      squares[i] += distance * distance;
    }
  }

  /** By halves. */
  private static double sum(double[] lanes) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[0];
  }
}
