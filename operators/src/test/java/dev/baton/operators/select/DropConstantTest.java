package dev.baton.operators.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DropConstantTest {
  private static final List<String> CHOSEN = List.of("a", "s", "b", "c", "d");

  abstract static class Contract extends OperatorContract {
    abstract double share();

    @Override
    protected Operator operator() {
      return new DropConstant(new Columns.Named(CHOSEN), share());
    }

    @Override
    protected Schema input() {
      return Rows.schema(
          "a",
          Types.FLOAT64,
          "s",
          Types.UTF8,
          "b",
          Types.BOOL,
          "c",
          Types.INT16,
          "d",
          Types.TIMESTAMP,
          "x",
          Types.INT32);
    }

    /** Texts are mostly the same, and c always where it is not null. */
    @Override
    protected Rows rows(int count, long seed, Mix mix) {
      Rows rows = RandomRows.of(input(), count, seed, mix);
      rows = rows.with(input().findField("c"), "c", x -> x == null ? null : (Object) (short) 3);
      return rows.with(
          input().findField("s"), "s", x -> x == null || x.equals("red") ? x : (Object) "same");
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = rows;
      for (String name : CHOSEN) {
        Map<Object, Integer> counts = new HashMap<>();
        for (Object value : seen.column(name)) {
          boolean missing = value == null || value instanceof Double d && d.isNaN();
          counts.merge(
              missing ? "missing" : value instanceof Double d ? (Object) (d + 0.0) : value,
              1,
              Integer::sum);
        }
        int most = counts.values().stream().max(Integer::compare).orElse(0);
        result = most > 0 && most >= share() * seen.size() ? result.without(name) : result;
      }
      return result;
    }
  }

  @Nested
  class Constant extends Contract {
    @Override
    double share() {
      return 1;
    }

    @Test
    void aShareOfNoneIsRefused() {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> new DropConstant(Columns.of("a"), 0));
      assertEquals("share must be above 0 and up to 1 but was 0.0", e.getMessage());
    }
  }

  @Nested
  class NearlyConstant extends Contract {
    @Override
    double share() {
      return 0.6;
    }
  }
}
