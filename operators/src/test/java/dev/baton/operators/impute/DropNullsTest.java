package dev.baton.operators.impute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.impute.DropNulls.How;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DropNullsTest {
  private static final List<String> LOOKED_AT = List.of("a", "s", "b");

  abstract static class Contract extends OperatorContract {
    abstract How how();

    abstract int atLeast();

    abstract boolean keeps(int values);

    @Override
    protected Operator operator() {
      return new DropNulls(new Columns.Named(LOOKED_AT), how(), atLeast());
    }

    @Override
    protected Schema input() {
      return Rows.schema("a", Types.FLOAT64, "s", Types.UTF8, "x", Types.INT32, "b", Types.FLOAT32);
    }

    @Override
    protected ArrowType wrongType() {
      return null;
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      List<Object[]> kept = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        int values = 0;
        for (String name : LOOKED_AT) {
          Object value = rows.get(row, name);
          boolean nan = value instanceof Number n && Double.isNaN(n.doubleValue());
          values += value == null || nan ? 0 : 1;
        }
        if (keeps(values)) {
          kept.add(rows.cells().get(row));
        }
      }
      return new Rows(rows.schema(), kept);
    }
  }

  @Nested
  class Any extends Contract {
    @Override
    How how() {
      return How.ANY;
    }

    @Override
    int atLeast() {
      return 0;
    }

    @Override
    boolean keeps(int values) {
      return values == 3;
    }
  }

  @Nested
  class All extends Contract {
    @Override
    How how() {
      return How.ALL;
    }

    @Override
    int atLeast() {
      return 0;
    }

    @Override
    boolean keeps(int values) {
      return values > 0;
    }
  }

  @Nested
  class AtLeastTwo extends Contract {
    @Override
    How how() {
      return How.ANY;
    }

    @Override
    int atLeast() {
      return 2;
    }

    @Override
    boolean keeps(int values) {
      return values >= 2;
    }

    @Test
    void lessThanNoneIsRefused() {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> new DropNulls(Columns.of("a"), How.ANY, -1));
      assertEquals("atLeast must be 0 or more but was -1", e.getMessage());
    }
  }
}
