package dev.baton.operators.math;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.scale.Finite;
import org.apache.arrow.vector.types.pojo.Schema;

class SqrtTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Sqrt(Columns.of("a", "b", "c"));
  }

  @Override
  protected Schema input() {
    return Rows.schema("a", Types.FLOAT64, "b", Types.INT64, "s", Types.UTF8, "c", Types.FLOAT32);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String name : new String[] {"a", "b", "c"}) {
      result = Finite.map(result, name, StrictMath::sqrt);
    }
    return result;
  }
}
