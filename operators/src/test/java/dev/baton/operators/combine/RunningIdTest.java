package dev.baton.operators.combine;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

class RunningIdTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new RunningId(Columns.of("a", "b"), "run");
  }

  @Override
  protected Schema input() {
    return Rows.schema("a", Types.BOOL, "b", Types.FLOAT32, "other", Types.UTF8);
  }

  /** Most rows equal the one before. */
  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    Rows rows = super.rows(count, seed, mix);
    for (String name : new String[] {"a", "b"}) {
      List<Object> values = new ArrayList<>();
      for (int row = 0; row < count; row++) {
        values.add(rows.get(row * 31 % 100 < 70 ? 0 : row, name));
      }
      rows = rows.with(rows.schema().findField(name), values);
    }
    return rows;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    List<Long> ids = new ArrayList<>();
    long id = 0;
    for (int row = 0; row < rows.size(); row++) {
      boolean same =
          row == 0
              || plain(Neighbours.key(rows, row, "a", "b"))
                  .equals(plain(Neighbours.key(rows, row - 1, "a", "b")));
      id += same ? 0 : 1;
      ids.add(id);
    }
    return rows.with(Types.field("run", Types.INT64), ids);
  }

  private static List<Object> plain(List<Object> key) {
    return key.stream()
        .map(x -> x == null ? (Object) "null" : x instanceof Float f && f == 0 ? (Float) 0f : x)
        .toList();
  }
}
