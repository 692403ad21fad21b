package dev.baton.operators.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.internal.Logarithm;
import java.util.SplittableRandom;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class Log1pTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Log1p(Columns.of("a", "b", "c"));
  }

  @Override
  protected Schema input() {
    return Rows.schema("a", Types.FLOAT64, "b", Types.INT32, "s", Types.UTF8, "c", Types.FLOAT32);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String name : new String[] {"a", "b", "c"}) {
      result =
          result.with(
              Types.field(name, Types.FLOAT64),
              name,
              x -> x == null ? null : (Object) Math.log1p(((Number) x).doubleValue()));
    }
    return result;
  }

  @Override
  protected double tolerance() {
    return 1e-15;
  }

  @Test
  void isWithinOneUnitInTheLastPlaceOfJavasOverTheWholeRange() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2_000_000; i++) {
      double any = Double.longBitsToDouble(random.nextLong());
      near(any);
      near(random.nextDouble() * 2 - 1);
      near((random.nextDouble() - 0.5) * 1e-3);
      near(random.nextDouble() * 1e6);
    }
    for (double x : new double[] {0.0, -0.0, -1, Math.nextUp(-1.0), -2, 1e308, Double.MAX_VALUE}) {
      near(x);
      near(Math.nextUp(x));
      near(Math.nextDown(x));
    }
    for (double x :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, -0.2929}) {
      near(x);
      near(-x);
    }
  }

  private static void near(double x) {
    double expected = Math.log1p(x);
    double actual = Logarithm.log1p(x);
    if (Double.isFinite(expected) && expected != 0) {
      double ulps = Math.abs(expected - actual) / Math.ulp(expected);
      assertTrue(ulps <= 1, () -> "log1p(" + x + ") is " + actual + ", wanted " + expected);
    } else {
      assertEquals(expected, actual, "log1p(" + x + ")");
    }
  }

  @Test
  void countsFromTheTableHaveTheBitsOfTheFunction() {
    Schema ints = Rows.schema("a", Types.INT64);
    Schema floats = Rows.schema("a", Types.FLOAT64);
    for (long n : new long[] {-1, 0, 1, 2, 65_535, 65_536, 1L << 40}) {
      Rows fromInts = drive.fitAndTransform(new Log1p(Columns.of("a")), Rows.of(ints, Rows.row(n)));
      Rows fromFloats =
          drive.fitAndTransform(new Log1p(Columns.of("a")), Rows.of(floats, Rows.row((double) n)));
      assertEquals(fromFloats.column("a"), fromInts.column("a"));
    }
  }
}
