package dev.baton.operators.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.internal.Logarithm;
import dev.baton.operators.scale.Finite;
import java.util.SplittableRandom;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class LogTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Log(Columns.of("a", "b", "c"), 10, 1.5);
  }

  @Override
  protected Schema input() {
    return Rows.schema("a", Types.FLOAT64, "b", Types.INT64, "s", Types.UTF8, "c", Types.FLOAT32);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String name : new String[] {"a", "b", "c"}) {
      result = Finite.map(result, name, x -> Math.log10(x + 1.5));
    }
    return result;
  }

  @Override
  protected double tolerance() {
    return 1e-14;
  }

  @Test
  void powersOfTwoAndTenAreExact() {
    Schema schema = Rows.schema("a", Types.FLOAT64);
    Columns a = Columns.of("a");
    for (int i = -300; i <= 300; i++) {
      Rows ten = Rows.of(schema, Rows.row(Double.parseDouble("1e" + i)));
      assertEquals(i, (Double) drive.fitAndTransform(new Log(a, 10, 0), ten).get(0, "a"));
      Rows two = Rows.of(schema, Rows.row(Math.scalb(1.0, i)));
      assertEquals(i, (Double) drive.fitAndTransform(new Log(a, 2, 0), two).get(0, "a"));
    }
    Rows nine = Rows.of(schema, Rows.row(9.0));
    assertEquals(2, (Double) drive.fitAndTransform(new Log(a, 3, 0), nine).get(0, "a"), 1e-15);
  }

  @Test
  void isWithinOneUnitInTheLastPlaceOfJavasOverTheWholeRange() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 500_000; i++) {
      near(Double.longBitsToDouble(random.nextLong()));
      near(random.nextDouble() * 2);
      near(random.nextDouble() * Double.MIN_NORMAL);
    }
    for (double x : new double[] {0, -0.0, -1, 1, Double.MIN_VALUE, Double.POSITIVE_INFINITY}) {
      near(x);
    }
  }

  private static void near(double x) {
    double wanted = StrictMath.log(x);
    double found = Logarithm.log(x);
    assertTrue(
        Double.compare(wanted, found) == 0 || Math.abs(wanted - found) <= Math.ulp(wanted),
        () -> x + ": expected " + wanted + " but was " + found);
    double binary = StrictMath.log(x) / StrictMath.log(2);
    if (Double.isFinite(binary)) {
      assertEquals(binary, Logarithm.log2(x), 4e-16 * Math.max(1, Math.abs(binary)));
    }
  }

  @Test
  void refusesABaseThatIsNone() {
    for (double base : new double[] {0, 1, -2, Double.NaN, Double.POSITIVE_INFINITY}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> new Log(Columns.of("a"), base, 0));
      assertEquals("base must be positive and not 1 but was " + base, e.getMessage());
    }
  }
}
