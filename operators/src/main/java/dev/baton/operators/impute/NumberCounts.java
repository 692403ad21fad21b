package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Doubles;
import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How often a numeric column has each value: an open-addressing table from the value, as a long or
 * as the bits of a double, to its count. NaN is not counted, and -0.0 is 0.0.
 */
final class NumberCounts implements ImputerState.Collector<NumberCounts> {
  private final String column;
  private final int integerBits;
  private long[] keys = new long[64];
  private long[] counts = new long[64];
  private int size;
  private final double[] block = new double[Doubles.BLOCK];

  NumberCounts(Field field) {
    column = field.getName();
    boolean integer = TypeFamily.INTEGER.accepts(field.getType());
    integerBits = integer ? ((ArrowType.Int) field.getType()).getBitWidth() : 0;
  }

  @Override
  public void observe(Batch batch) {
    FieldVector vector = batch.column(column);
    int rows = batch.rows();
    if (integerBits == 64) {
      // The only type whose values a double cannot hold.
      long data = Vectors.data(vector);
      for (int word = 0; word < Validity.words(rows); word++) {
        long valid = Validity.word(Validity.address(vector), word, rows);
        for (; valid != 0; valid &= valid - 1) {
          long row = 64L * word + Long.numberOfTrailingZeros(valid);
          add(Memory.getLong(data + 8 * row), 1);
        }
      }
      return;
    }
    for (int first = 0; first < rows; first += Doubles.BLOCK) {
      int values = Doubles.observed(vector, first, Math.min(Doubles.BLOCK, rows - first), block);
      for (int i = 0; i < values; i++) {
        add(integerBits > 0 ? (long) block[i] : Double.doubleToRawLongBits(block[i] + 0.0), 1);
      }
    }
  }

  private void add(long key, long count) {
    int slot = slot(key);
    if (counts[slot] == 0) {
      keys[slot] = key;
      size++;
    }
    counts[slot] += count;
    if (size > keys.length / 2) {
      grow();
    }
  }

  private int slot(long key) {
    long hash = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash ^ hash >>> 32) & keys.length - 1;
    while (counts[slot] != 0 && keys[slot] != key) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    keys = new long[2 * oldKeys.length];
    counts = new long[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
      }
    }
  }

  @Override
  public void merge(NumberCounts later) {
    for (int i = 0; i < later.keys.length; i++) {
      if (later.counts[i] != 0) {
        add(later.keys[i], later.counts[i]);
      }
    }
  }

  @Override
  public void write(StateWriter out) {
    out.longs(keys);
    out.longs(counts);
  }

  @Override
  public void read(StateReader in) {
    keys = in.longs();
    counts = in.longs();
    size = (int) Arrays.stream(counts).filter(count -> count != 0).count();
  }

  @Override
  public String value() {
    long most = Arrays.stream(counts).max().orElse(0);
    if (most == 0) {
      return null;
    }
    boolean integer = integerBits > 0;
    long best = 0;
    boolean any = false;
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] == most && (!any || less(keys[i], best, integer))) {
        best = keys[i];
        any = true;
      }
    }
    return integer ? Long.toString(best) : Double.toString(Double.longBitsToDouble(best));
  }

  private static boolean less(long a, long b, boolean integer) {
    return integer ? a < b : Double.longBitsToDouble(a) < Double.longBitsToDouble(b);
  }
}
