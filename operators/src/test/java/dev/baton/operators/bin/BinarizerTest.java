package dev.baton.operators.bin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.scale.Finite;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class BinarizerTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Binarizer(Columns.of("a", "b", "c"), 12);
  }

  @Override
  protected Schema input() {
    return Rows.schema("a", Types.FLOAT64, "b", Types.INT8, "s", Types.UTF8, "c", Types.FLOAT32);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String name : new String[] {"a", "b", "c"}) {
      result = Finite.map(result, name, x -> x > 12 ? 1 : x <= 12 ? 0 : x);
    }
    return result;
  }

  @Test
  void aThresholdIsANumber() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new Binarizer(Columns.of("a"), Double.NaN));
    assertEquals("threshold must be a number but was NaN", e.getMessage());
  }
}
