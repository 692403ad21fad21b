package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.KeyCounts;
import dev.baton.operators.internal.KeyTable;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How often a column of texts or numbers has each value; a float is known by its bits. NaN is not
 * counted, and -0.0 is 0.0.
 */
final class ValueCounts implements ImputerState.Collector<ValueCounts> {
  private final String column;
  private final TypeFamily type;
  private final KeyCounts counts = new KeyCounts();

  ValueCounts(Field field) {
    column = field.getName();
    type =
        TypeFamily.TEXT.accepts(field.getType())
            ? TypeFamily.TEXT
            : TypeFamily.INTEGER.accepts(field.getType())
                ? TypeFamily.INTEGER
                : TypeFamily.FLOATING;
  }

  @Override
  public void observe(Batch batch) {
    FieldVector vector = batch.column(column);
    int rows = batch.rows();
    switch (type) {
      case TEXT -> counts.observeText(vector, rows);
      case INTEGER -> counts.observeIntegers(vector, rows);
      default -> observeFloats(vector, rows);
    }
  }

  private void observeFloats(FieldVector vector, int rows) {
    double[] block = new double[Math.min(rows, Doubles.BLOCK)];
    for (int first = 0; first < rows; first += Doubles.BLOCK) {
      int values = Doubles.observed(vector, first, Math.min(Doubles.BLOCK, rows - first), block);
      for (int i = 0; i < values; i++) {
        counts.add(Double.doubleToRawLongBits(block[i] + 0.0));
      }
    }
  }

  @Override
  public void merge(ValueCounts later) {
    counts.merge(later.counts);
  }

  @Override
  public void write(StateWriter out) {
    counts.write(out);
  }

  @Override
  public void read(StateReader in) {
    counts.read(in);
  }

  /** The most frequent, of several the smallest: numbers by value, texts by code points. */
  @Override
  public String value() {
    KeyTable keys = counts.keys();
    int best = -1;
    for (int key = 0; key < keys.size(); key++) {
      if (best < 0
          || counts.count(key) > counts.count(best)
          || counts.count(key) == counts.count(best) && less(key, best)) {
        best = key;
      }
    }
    if (best < 0) {
      return null;
    }
    return switch (type) {
      case TEXT -> keys.text(best);
      case INTEGER -> Long.toString(keys.value(best));
      default -> Double.toString(Double.longBitsToDouble(keys.value(best)));
    };
  }

  private boolean less(int a, int b) {
    KeyTable keys = counts.keys();
    return switch (type) {
      case TEXT -> keys.compareBytes(a, b) < 0;
      case INTEGER -> keys.value(a) < keys.value(b);
      default -> Double.longBitsToDouble(keys.value(a)) < Double.longBitsToDouble(keys.value(b));
    };
  }
}
