package dev.baton.operators.combine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeduplicateTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Deduplicate(Columns.of("s", "i8"));
  }

  @Override
  protected Schema input() {
    return Rows.schema("s", Types.UTF8, "i8", Types.INT8, "x", Types.FLOAT64);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return firsts(rows, "s", "i8");
  }

  private static Rows firsts(Rows rows, String... by) {
    Set<List<Object>> keys = new HashSet<>();
    List<Object[]> kept = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      if (keys.add(Neighbours.key(rows, row, by))) {
        kept.add(rows.cells().get(row));
      }
    }
    return new Rows(rows.schema(), kept);
  }

  @Nested
  class ByAFloat extends OperatorContract {
    @Override
    protected Operator operator() {
      return new Deduplicate(Columns.of("x"));
    }

    @Override
    protected Schema input() {
      return Rows.schema("x", Types.FLOAT64);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return firsts(rows, "x");
    }
  }

  @Nested
  class ByAText extends OperatorContract {
    @Override
    protected Operator operator() {
      return new Deduplicate(Columns.of("s"));
    }

    @Override
    protected Schema input() {
      return Rows.schema("n", Types.INT64, "s", Types.UTF8);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return firsts(rows, "s");
    }
  }

  @Test
  void byDefaultAllColumnsCount() {
    Schema schema = Rows.schema("a", Types.INT32, "b", Types.UTF8);
    Rows rows =
        Rows.of(
            schema,
            Rows.row(1, "x"),
            Rows.row(1, "y"),
            Rows.row(null, ""),
            Rows.row(1, "x"),
            Rows.row(null, null),
            Rows.row(null, ""));
    Rows result = drive.fitAndTransform(new Deduplicate(), rows);
    assertEquals(4, result.size());
    assertEquals(new ArrayList<>(rows.column("b").subList(0, 3)), result.column("b").subList(0, 3));
  }
}
