package dev.baton.operators.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class RobustScalerTest extends OperatorContract {
  private static final List<String> SCALED = List.of("a", "b", "c");

  @Override
  protected Operator operator() {
    return new RobustScaler(new Columns.Named(SCALED));
  }

  @Override
  protected Schema input() {
    return Rows.schema("a", Types.FLOAT64, "s", Types.UTF8, "b", Types.INT32, "c", Types.FLOAT32);
  }

  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    return Finite.rows(input(), count, seed, mix);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String name : SCALED) {
      List<Double> sorted = Finite.observed(seen, name).stream().sorted().toList();
      double middle = quantile(sorted, 0.5);
      double range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
      double divisor = range < 10 * Math.ulp(1.0) ? 1 : range;
      result = Finite.map(result, name, x -> (x - middle) / divisor);
    }
    return result;
  }

  static double quantile(List<Double> sorted, double share) {
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    double place = share * (sorted.size() - 1);
    int below = (int) place;
    double low = sorted.get(below);
    double high = sorted.get(Math.min(below + 1, sorted.size() - 1));
    return low + (high - low) * (place - below);
  }

  @Override
  protected double tolerance() {
    return 1e-12;
  }

  @Test
  void centringScalingAndRangeAreChosenSeparately() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    Rows rows = Rows.of(schema, Rows.row(0.0), Rows.row(1.0), Rows.row(2.0), Rows.row(9.0));
    Columns a = Columns.of("a");
    assertEquals(
        List.of(-1.5, -0.5, 0.5, 7.5),
        drive
            .fitAndTransform(new RobustScaler(a, true, false, 0.25, 0.75, false, 1 << 20), rows)
            .column("a"));
    assertEquals(
        List.of(0.0, 1.0 / 9, 2.0 / 9, 1.0),
        drive
            .fitAndTransform(new RobustScaler(a, false, true, 0, 1, false, 1 << 20), rows)
            .column("a"));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new RobustScaler(a, true, true, 0.75, 0.25, false, 1 << 20));
    assertEquals(
        "lower and upper must be from 0 to 1 and lower the smaller, but were 0.75 and 0.25",
        e.getMessage());
  }

  @Test
  void littleMemoryGivesNearlyTheSame() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    Rows rows = RandomRows.of(schema, 20_000, 1, Mix.TAME);
    Columns a = Columns.of("a");
    Rows exact = drive.fitAndTransform(new RobustScaler(a), rows);
    Rows near =
        drive.fitAndTransform(new RobustScaler(a, true, true, 0.25, 0.75, false, 8 * 1024), rows);
    for (int row = 0; row < 100; row++) {
      assertEquals((Double) exact.get(row, "a"), (Double) near.get(row, "a"), 0.02);
    }
  }
}
