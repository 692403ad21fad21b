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

class DifferenceTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Difference(Columns.of("f64", "f32", "i64"), 2, Columns.of("b"));
  }

  @Override
  protected Schema input() {
    return Rows.schema(
        "f64", Types.FLOAT64, "f32", Types.FLOAT32, "i64", Types.INT64, "b", Types.BOOL);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return difference(rows, 2, List.of("f64", "f32", "i64"), "b");
  }

  private static Rows difference(Rows rows, int by, List<String> columns, String... groups) {
    Rows result = rows;
    for (String name : columns) {
      List<Object> values = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        List<Integer> same =
            by > 0 ? Neighbours.upTo(rows, row, groups) : Neighbours.from(rows, row, groups);
        int at = by > 0 ? same.size() - 1 - by : -by;
        Double x = Neighbours.number(rows.get(row, name));
        Double other =
            at < 0 || at >= same.size() ? null : Neighbours.number(rows.get(same.get(at), name));
        values.add(x == null || other == null ? null : x - other);
      }
      result = result.with(Types.field(name + "_diff_" + by, Types.FLOAT64), values);
    }
    return result;
  }

  @Nested
  class ToTheRowAfter extends OperatorContract {
    @Override
    protected Operator operator() {
      return new Difference(Columns.of("x"), -1, null);
    }

    @Override
    protected Schema input() {
      return Rows.schema("x", Types.INT16);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return difference(rows, -1, List.of("x"));
    }
  }
}
