package dev.baton.operators.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.Differences;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class StandardScalerTest extends OperatorContract {
  private static final List<String> SCALED = List.of("a", "b", "c", "d");

  @Override
  protected Operator operator() {
    return new StandardScaler(new Columns.Named(SCALED));
  }

  @Override
  protected Schema input() {
    return Rows.schema(
        "a", Types.FLOAT64, "s", Types.UTF8, "b", Types.INT32, "c", Types.FLOAT32, "d", Types.INT8);
  }

  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    return Finite.rows(input(), count, seed, mix);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String name : SCALED) {
      result = expected(seen, result, name, 0);
    }
    return result;
  }

  /** Exact sums, so that only the last steps round. */
  private static Rows expected(Rows seen, Rows rows, String name, int ddof) {
    List<Double> values = Finite.observed(seen, name);
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    int n = values.size();
    BigDecimal mean =
        n == 0 ? BigDecimal.ZERO : sum.divide(BigDecimal.valueOf(n), MathContext.DECIMAL128);
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : values) {
      squares = squares.add(new BigDecimal(value).subtract(mean).pow(2));
    }
    double deviation = n <= ddof ? 1 : Math.sqrt(squares.doubleValue() / (n - ddof));
    double divisor = deviation < 1e-15 * Math.abs(mean.doubleValue()) ? 1 : deviation;
    double divisorOrOne = divisor == 0 ? 1 : divisor;
    return rows.with(
        Types.field(name, Types.FLOAT64),
        name,
        x ->
            x == null
                ? null
                : (Object) ((((Number) x).doubleValue() - mean.doubleValue()) / divisorOrOne));
  }

  @Override
  protected double tolerance() {
    return 1e-12;
  }

  @Override
  protected double splitTolerance() {
    return 1e-12;
  }

  @Test
  void aLargeMeanDoesNotSwallowASmallVariance() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    Rows rows =
        RandomRows.of(schema, 5000, 1, Mix.TAME)
            .with(schema.findField("a"), "a", x -> 1e9 + Math.rint((Double) x * 1e6) / 1e6);
    Operator scaler = new StandardScaler(Columns.of("a"));
    Rows scaled = drive.fitAndTransform(scaler, rows);
    Differences.assertSame(expected(rows, rows, "a", 0), scaled, 1e-8, "values around 1e9");
  }

  @Test
  void aConstantColumnIsCentredAndNotScaled() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    Rows rows = Rows.of(schema, Rows.row(0.1), Rows.row(0.1), Rows.row(0.1), Rows.row(0.1));
    Rows scaled = drive.fitAndTransform(new StandardScaler(Columns.of("a")), rows);
    for (Object value : scaled.column("a")) {
      assertEquals(0.0, (Double) value, 1e-16);
    }
  }

  @Test
  void centringScalingAndDegreesOfFreedomAreChosenSeparately() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    Rows rows = Rows.of(schema, Rows.row(1.0), Rows.row(2.0), Rows.row(3.0));
    Columns a = Columns.of("a");
    assertEquals(
        List.of(-1.0, 0.0, 1.0),
        drive.fitAndTransform(new StandardScaler(a, true, true, 1), rows).column("a"));
    assertEquals(
        List.of(-1.0, 0.0, 1.0),
        drive.fitAndTransform(new StandardScaler(a, true, false, 0), rows).column("a"));
    assertEquals(
        List.of(1.0, 2.0, 3.0),
        drive.fitAndTransform(new StandardScaler(a, false, true, 1), rows).column("a"));
    assertThrows(IllegalArgumentException.class, () -> new StandardScaler(a, true, true, -1));
  }

  @Test
  void anInfiniteValueIsRefusedWhenFittingNamingColumnAndRow() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    Rows rows =
        Rows.of(schema, Rows.row(1.0), Rows.row((Object) null), Rows.row(Double.NEGATIVE_INFINITY));
    ValueException e =
        assertThrows(
            ValueException.class,
            () -> drive.fitAndTransform(new StandardScaler(Columns.of("a")), rows));
    assertEquals("a", e.column());
    assertEquals(2, e.row());
    assertEquals(
        "expected a finite value but was -Infinity; clip or impute before this stage",
        e.getMessage());
  }

  @Test
  void aColumnWithoutValuesMakesLaterOnesNan() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    var fitted = drive.fit(new StandardScaler(Columns.of("a")), schema, List.of());
    Rows later = drive.transform(fitted, Rows.of(schema, Rows.row(1.0)));
    assertEquals(List.of(Double.NaN), later.column("a"));
  }
}
