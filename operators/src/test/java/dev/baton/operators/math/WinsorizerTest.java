package dev.baton.operators.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.math.Winsorizer.Method;
import dev.baton.operators.math.Winsorizer.Tails;
import dev.baton.operators.scale.Finite;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WinsorizerTest {
  private static final List<String> CAPPED = List.of("a", "b", "c");

  abstract static class Contract extends OperatorContract {
    abstract Method method();

    abstract double fold();

    abstract double[] bounds(List<Double> sorted);

    @Override
    protected Operator operator() {
      return new Winsorizer(new Columns.Named(CAPPED), method(), Tails.BOTH, fold());
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
    protected double tolerance() {
      return 1e-9;
    }

    @Override
    protected double splitTolerance() {
      return 1e-12;
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = rows;
      for (String name : CAPPED) {
        double[] bounds = bounds(Finite.observed(seen, name).stream().sorted().toList());
        result =
            Finite.map(
                result, name, x -> x < bounds[0] ? bounds[0] : x > bounds[1] ? bounds[1] : x);
      }
      return result;
    }

    static double quantile(List<Double> sorted, double share) {
      double place = share * (sorted.size() - 1);
      int below = Math.max(0, (int) place);
      if (sorted.isEmpty()) {
        return Double.NaN;
      }
      double low = sorted.get(below);
      double high = sorted.get(Math.min(below + 1, sorted.size() - 1));
      return low + (high - low) * (place - below);
    }
  }

  @Nested
  class Gaussian extends Contract {
    @Override
    Method method() {
      return Method.GAUSSIAN;
    }

    @Override
    double fold() {
      return 1.25;
    }

    @Override
    double[] bounds(List<Double> sorted) {
      double mean = sorted.stream().mapToDouble(x -> x).average().orElse(Double.NaN);
      double squares = sorted.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
      double deviation = sorted.size() < 2 ? Double.NaN : Math.sqrt(squares / (sorted.size() - 1));
      return new double[] {mean - 1.25 * deviation, mean + 1.25 * deviation};
    }
  }

  @Nested
  class Iqr extends Contract {
    @Override
    Method method() {
      return Method.IQR;
    }

    @Override
    double fold() {
      return 0.25;
    }

    @Override
    double[] bounds(List<Double> sorted) {
      double low = quantile(sorted, 0.25);
      double high = quantile(sorted, 0.75);
      return new double[] {low - (high - low) / 4, high + (high - low) / 4};
    }

    @Test
    void onlyTheTailsAskedForAreCapped() {
      Schema schema = Rows.schema("x", Types.FLOAT64);
      Columns x = Columns.of("x");
      Rows rows =
          Rows.of(
              schema,
              Rows.row(-100.0),
              Rows.row(1.0),
              Rows.row(2.0),
              Rows.row(3.0),
              Rows.row(100.0));
      assertEquals(
          List.of(-2.0, 1.0, 2.0, 3.0, 6.0),
          drive.fitAndTransform(new Winsorizer(x, Method.IQR, Tails.BOTH, 0), rows).column("x"));
      assertEquals(
          List.of(-2.0, 1.0, 2.0, 3.0, 100.0),
          drive.fitAndTransform(new Winsorizer(x, Method.IQR, Tails.LEFT, 0), rows).column("x"));
      assertEquals(
          List.of(-100.0, 1.0, 2.0, 3.0, 6.0),
          drive.fitAndTransform(new Winsorizer(x, Method.IQR, Tails.RIGHT, 0), rows).column("x"));
    }
  }

  @Nested
  class ByQuantiles extends Contract {
    @Override
    Method method() {
      return Method.QUANTILES;
    }

    @Override
    double fold() {
      return 0;
    }

    @Override
    double[] bounds(List<Double> sorted) {
      return new double[] {quantile(sorted, 0.05), quantile(sorted, 0.95)};
    }

    @Test
    void foldsThatMakeNoBoundsAreRefused() {
      Columns x = Columns.of("x");
      assertEquals(
          "fold must be a quantile below 0.5 but was 0.5",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new Winsorizer(x, Method.QUANTILES, Tails.BOTH, 0.5))
              .getMessage());
      assertEquals(
          "fold must be 0 or more but was -1.0",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new Winsorizer(x, Method.GAUSSIAN, Tails.BOTH, -1))
              .getMessage());
    }
  }
}
