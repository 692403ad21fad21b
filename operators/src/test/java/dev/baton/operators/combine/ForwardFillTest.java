package dev.baton.operators.combine;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;

class ForwardFillTest extends OperatorContract {
  private static final String[] COLUMNS = {"f64", "f32", "i16", "b", "s", "t"};

  @Override
  protected Operator operator() {
    return new ForwardFill(Columns.of(COLUMNS));
  }

  @Override
  protected Schema input() {
    return Rows.schema(
        "f64",
        Types.FLOAT64,
        "f32",
        Types.FLOAT32,
        "i16",
        Types.INT16,
        "b",
        Types.BOOL,
        "s",
        Types.UTF8,
        "t",
        Types.TIMESTAMP);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return Neighbours.fill(rows, false, COLUMNS);
  }

  @Nested
  class OfTheSameGroup extends OperatorContract {
    @Override
    protected Operator operator() {
      return new ForwardFill(Columns.of("f64", "s"), Columns.of("g"));
    }

    @Override
    protected Schema input() {
      return Rows.schema("f64", Types.FLOAT64, "s", Types.UTF8, "g", Types.UTF8);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return Neighbours.fill(rows, false, new String[] {"f64", "s"}, "g");
    }
  }
}
