package dev.baton.operators.select;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;

class DropDuplicateColumnsTest extends OperatorContract {
  private static final List<String> CHOSEN = List.of("a", "s", "b", "c", "t", "d", "e");

  @Override
  protected Operator operator() {
    return new DropDuplicateColumns(new Columns.Named(CHOSEN));
  }

  @Override
  protected Schema input() {
    return Rows.schema(
        "a",
        Types.FLOAT64,
        "s",
        Types.UTF8,
        "b",
        Types.INT32,
        "c",
        Types.FLOAT64,
        "t",
        Types.UTF8,
        "d",
        Types.FLOAT64,
        "e",
        Types.INT64);
  }

  @Override
  protected ArrowType wrongType() {
    return null;
  }

  /** Column c is a; t is s; d is a but for one row; e has the values of b in another type. */
  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    Rows rows = RandomRows.of(input(), count, seed, mix);
    List<Object> nearly = rows.column("a");
    if (count > 0) {
      nearly.set(count / 2, 1e9);
    }
    return rows.with(input().findField("c"), rows.column("a"))
        .with(input().findField("t"), rows.column("s"))
        .with(input().findField("d"), nearly)
        .with(
            input().findField("e"),
            "b",
            x -> x == null ? null : (Object) ((Integer) x).longValue());
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < CHOSEN.size(); i++) {
      for (String earlier : CHOSEN.subList(0, i)) {
        boolean sameType =
            seen.schema()
                .findField(earlier)
                .getType()
                .equals(seen.schema().findField(CHOSEN.get(i)).getType());
        boolean same = seen.column(earlier).equals(seen.column(CHOSEN.get(i)));
        if (sameType && same && seen.size() > 0 && !dropped.contains(CHOSEN.get(i))) {
          dropped.add(CHOSEN.get(i));
        }
      }
    }
    Rows result = rows;
    for (String name : dropped) {
      result = result.without(name);
    }
    return result;
  }
}
