package dev.baton.operators.combine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LagTest extends OperatorContract {
  private static final String[] COLUMNS = {"f64", "f32", "i8", "i64", "b", "s", "d", "t"};

  @Override
  protected Operator operator() {
    return new Lag(Columns.of(COLUMNS));
  }

  @Override
  protected Schema input() {
    return Rows.schema(
        "f64",
        Types.FLOAT64,
        "f32",
        Types.FLOAT32,
        "i8",
        Types.INT8,
        "i64",
        Types.INT64,
        "b",
        Types.BOOL,
        "s",
        Types.UTF8,
        "d",
        Types.DATE,
        "t",
        Types.TIMESTAMP);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return lag(rows, 1, COLUMNS);
  }

  static Rows lag(Rows rows, int by, String[] columns, String... groups) {
    Rows result = rows;
    for (String name : columns) {
      List<Object> values = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        List<Integer> same =
            by > 0 ? Neighbours.upTo(rows, row, groups) : Neighbours.from(rows, row, groups);
        int at = by > 0 ? same.size() - 1 - by : -by;
        values.add(at < 0 || at >= same.size() ? null : rows.get(same.get(at), name));
      }
      Field field = rows.schema().findField(name);
      String added = name + (by > 0 ? "_lag_" + by : "_lead_" + -by);
      result = result.with(Types.field(added, field.getType()), values);
    }
    return result;
  }

  @Nested
  class SeveralRowsOfAGroupBefore extends OperatorContract {
    @Override
    protected Operator operator() {
      return new Lag(Columns.of("s", "f64"), 3, Columns.of("b", "d"));
    }

    @Override
    protected Schema input() {
      return Rows.schema(
          "f64", Types.FLOAT64, "b", Types.BOOL, "s", Types.UTF8, "d", Types.FLOAT64);
    }

    @Override
    protected Rows rows(int count, long seed, dev.baton.engine.testkit.RandomRows.Mix mix) {
      // Few groups, so that they have many rows.
      return super.rows(count, seed, mix)
          .with(Types.field("d", Types.FLOAT64), "d", d -> group((Double) d));
    }

    private static Double group(Double d) {
      return d == null || d.isNaN() || d == 0 ? d : (Double) (double) (d.hashCode() & 1);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return lag(rows, 3, new String[] {"s", "f64"}, "b", "d");
    }
  }

  @Nested
  class RowsAfter extends OperatorContract {
    @Override
    protected Operator operator() {
      return new Lag(Columns.of("s", "i64", "b"), -2, null);
    }

    @Override
    protected Schema input() {
      return Rows.schema("i64", Types.INT64, "b", Types.BOOL, "s", Types.UTF8);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return lag(rows, -2, new String[] {"s", "i64", "b"});
    }
  }

  @Nested
  class RowsOfATextGroupAfter extends OperatorContract {
    @Override
    protected Operator operator() {
      return new Lag(Columns.of("i64"), -1, Columns.of("s"));
    }

    @Override
    protected Schema input() {
      return Rows.schema("i64", Types.INT64, "s", Types.UTF8);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return lag(rows, -1, new String[] {"i64"}, "s");
    }
  }

  @Test
  void zeroRowsAreRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Lag(Columns.of("s"), 0, null));
    assertEquals(
        "rows must be a number of rows before, or after if negative, but was 0", e.getMessage());
  }

  @Test
  void aColumnThatIsReplacedIsReadFirst() {
    Schema schema = Rows.schema("x", Types.INT32, "x_lag_1", Types.INT32);
    Rows rows = Rows.of(schema, Rows.row(1, 10), Rows.row(2, 20), Rows.row(3, 30));
    Rows result = drive.fitAndTransform(new Lag(Columns.of("x", "x_lag_1")), rows);
    assertEquals(List.of(1, 2), result.column("x_lag_1").subList(1, 3));
    assertEquals(List.of(10, 20), result.column("x_lag_1_lag_1").subList(1, 3));
  }

  @Test
  void dataThatHasChangedSinceItWasLearnedFromIsAnError() {
    Rows rows = rows(10, 1, dev.baton.engine.testkit.RandomRows.Mix.TAME);
    var lead = drive.fit(new Lag(Columns.of("s"), -1, null), rows.schema(), List.of(rows));
    IllegalStateException longer =
        assertThrows(IllegalStateException.class, () -> drive.transform(lead, rows.slice(0, 9)));
    assertEquals(
        "the batches of split 0 are not those it was learned from, as one now has 9 rows; read the"
            + " data when nothing writes to it",
        longer.getMessage());
    IllegalStateException more =
        assertThrows(
            IllegalStateException.class,
            () ->
                drive.transformSplits(lead, rows.schema(), List.of(List.of(rows), List.of(rows))));
    assertEquals(
        "the data had 1 splits when it was learned from and now has more; read it when nothing"
            + " writes to it",
        more.getMessage());
  }
}
