package dev.baton.operators.impute;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.Differences;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class FillMissingTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new FillMissing(Columns.of("f64", "i16", "s"), "7");
  }

  @Override
  protected Schema input() {
    return Rows.schema("f64", Types.FLOAT64, "i16", Types.INT16, "s", Types.UTF8);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result =
        rows.with(
            input().findField("f64"), "f64", x -> x == null || ((Double) x).isNaN() ? 7.0 : x);
    result = result.with(input().findField("i16"), "i16", x -> x == null ? (Short) (short) 7 : x);
    return result.with(input().findField("s"), "s", x -> x == null ? "7" : x);
  }

  @Test
  void fillsBooleansWithTrue() {
    Schema schema = Rows.schema("b", Types.BOOL);
    Rows rows = RandomRows.of(schema, 200, 5, Mix.NULLS);
    Rows filled = rows.with(schema.findField("b"), "b", x -> x == null ? (Boolean) true : x);
    Operator fill = new FillMissing(Columns.of("b"), "true");
    Differences.assertSame(filled, drive.fitAndTransform(fill, rows), "filled");
    assertThrows(
        BindException.class, () -> Drive.declared(new FillMissing(Columns.of("b"), "yes"), schema));
  }
}
