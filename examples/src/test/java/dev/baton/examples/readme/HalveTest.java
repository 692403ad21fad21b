package dev.baton.examples.readme;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import org.apache.arrow.vector.types.pojo.Schema;

class HalveTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Halve(Columns.of("x", "count"));
  }

  @Override
  protected Schema input() {
    return Rows.schema("x", Types.FLOAT64, "count", Types.INT32, "name", Types.UTF8);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return half(half(rows, "x"), "count");
  }

  private static Rows half(Rows rows, String column) {
    return rows.with(
        Types.field(column, Types.FLOAT64),
        column,
        x -> x == null ? null : (Object) (((Number) x).doubleValue() / 2));
  }
}
