package dev.baton.operators.combine;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;

class RowNumberTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new RowNumber("n");
  }

  @Override
  protected Schema input() {
    return Rows.schema("x", Types.FLOAT64, "s", Types.UTF8);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return number(rows, 1);
  }

  private static Rows number(Rows rows, long first, String... by) {
    List<Long> numbers = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      numbers.add(first + Neighbours.upTo(rows, row, by).size() - 1);
    }
    return rows.with(Types.field("n", Types.INT64), numbers);
  }

  @Nested
  class OfEachGroup extends OperatorContract {
    @Override
    protected Operator operator() {
      return new RowNumber("n", 0, Columns.of("x", "s"));
    }

    @Override
    protected Schema input() {
      return Rows.schema("x", Types.INT8, "s", Types.UTF8);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return number(rows, 0, "x", "s");
    }
  }
}
