package dev.baton.operators.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class MaxAbsScalerTest extends OperatorContract {
  private static final List<String> SCALED = List.of("a", "b", "c");

  @Override
  protected Operator operator() {
    return new MaxAbsScaler(new Columns.Named(SCALED));
  }

  @Override
  protected Schema input() {
    return Rows.schema("a", Types.FLOAT64, "s", Types.UTF8, "b", Types.INT16, "c", Types.FLOAT32);
  }

  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    return Finite.rows(input(), count, seed, mix);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String name : SCALED) {
      double most = Double.NaN;
      for (double value : Finite.observed(seen, name)) {
        most = Double.isNaN(most) ? Math.abs(value) : Math.max(most, Math.abs(value));
      }
      double divisor = most < 10 * Math.ulp(1.0) ? 1 : most;
      result = Finite.map(result, name, x -> x / divisor);
    }
    return result;
  }

  @Override
  protected double tolerance() {
    return 1e-15;
  }

  @Test
  void clipsWhatIsLargerThanAllSeenOnlyWhenAsked() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    List<Rows> seen = List.of(Rows.of(schema, Rows.row(-4.0), Rows.row(2.0)));
    Rows later =
        Rows.of(schema, Rows.row(-8.0), Rows.row(1.0), Rows.row(5.0), Rows.row(Double.NaN));
    Columns a = Columns.of("a");
    assertEquals(
        List.of(-2.0, 0.25, 1.25, Double.NaN),
        drive.transform(drive.fit(new MaxAbsScaler(a), schema, seen), later).column("a"));
    assertEquals(
        List.of(-1.0, 0.25, 1.0, Double.NaN),
        drive.transform(drive.fit(new MaxAbsScaler(a, true), schema, seen), later).column("a"));
  }

  @Test
  void zerosStayZerosAndInfinityIsRefused() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    Operator scaler = new MaxAbsScaler(Columns.of("a"));
    Rows zeros = Rows.of(schema, Rows.row(0.0), Rows.row(0.0));
    assertEquals(List.of(0.0, 0.0), drive.fitAndTransform(scaler, zeros).column("a"));
    Rows rows = Rows.of(schema, Rows.row(-4.0), Rows.row(2.0));
    assertEquals(List.of(-1.0, 0.5), drive.fitAndTransform(scaler, rows).column("a"));
    Rows infinite = Rows.of(schema, Rows.row(1.0), Rows.row(Double.NEGATIVE_INFINITY));
    ValueException e =
        assertThrows(ValueException.class, () -> drive.fitAndTransform(scaler, infinite));
    assertEquals(1, e.row());
    assertEquals(
        "expected a finite value but was -Infinity; clip or impute before this stage",
        e.getMessage());
  }
}
