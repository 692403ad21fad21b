package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.KeyCounts;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.Keys;
import java.util.function.IntBinaryOperator;
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
    type = Keys.family(field);
  }

  @Override
  public void observe(Batch batch) {
    counts.observe(type, batch, column);
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
    IntBinaryOperator ascending = Keys.ascending(type, keys);
    int best = -1;
    for (int key = 0; key < keys.size(); key++) {
      if (best < 0
          || counts.count(key) > counts.count(best)
          || counts.count(key) == counts.count(best) && ascending.applyAsInt(key, best) < 0) {
        best = key;
      }
    }
    return best < 0 ? null : Keys.name(type, keys, best);
  }
}
