package dev.baton.operators.select;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;

class DropTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Drop(Columns.of("b", "a"));
  }

  @Override
  protected Schema input() {
    return Rows.schema("a", Types.FLOAT64, "b", Types.INT32, "s", Types.UTF8);
  }

  @Override
  protected Set<String> namedColumns() {
    return Set.of("a", "b");
  }

  @Override
  protected ArrowType wrongType() {
    return null;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return rows.without("a").without("b");
  }
}
