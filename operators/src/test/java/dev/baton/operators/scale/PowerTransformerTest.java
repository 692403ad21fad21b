package dev.baton.operators.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.scale.PowerTransformer.Method;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PowerTransformerTest {
  private static final List<String> MOVED = List.of("a", "b");

  abstract static class Contract extends OperatorContract {
    abstract Method method();

    @Override
    protected Operator operator() {
      return new PowerTransformer(new Columns.Named(MOVED), method(), true, Quantiles.MEMORY);
    }

    @Override
    protected Schema input() {
      return Rows.schema("a", Types.FLOAT64, "s", Types.UTF8, "b", Types.INT8);
    }

    @Override
    protected double tolerance() {
      return 1e-5;
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = rows;
      for (String name : MOVED) {
        List<Double> values = Finite.observed(seen, name);
        boolean constant = values.stream().distinct().count() < 2;
        double lambda = constant ? 1 : best(values);
        double mean = moments(values, lambda)[0];
        double deviation = constant ? 1 : Math.sqrt(moments(values, lambda)[1]);
        result = Finite.map(result, name, x -> (power(x, lambda) - mean) / deviation);
      }
      return result;
    }

    /** The likelihood has one maximum, so that thirds that cannot hold it are cut away. */
    private double best(List<Double> values) {
      double low = -10;
      double high = 10;
      while (high - low > 1e-9) {
        double a = low + (high - low) / 3;
        double b = high - (high - low) / 3;
        if (likelihood(values, a) < likelihood(values, b)) {
          low = a;
        } else {
          high = b;
        }
      }
      return (low + high) / 2;
    }

    private double likelihood(List<Double> values, double lambda) {
      double slopes = 0;
      for (double x : values) {
        slopes +=
            method() == Method.BOX_COX ? Math.log(x) : Math.signum(x) * Math.log1p(Math.abs(x));
      }
      double variance = moments(values, lambda)[1];
      return (lambda - 1) * slopes - values.size() / 2.0 * Math.log(variance);
    }

    private double[] moments(List<Double> values, double lambda) {
      double mean = values.stream().mapToDouble(x -> power(x, lambda)).average().orElse(Double.NaN);
      double variance =
          values.stream().mapToDouble(x -> Math.pow(power(x, lambda) - mean, 2)).sum()
              / values.size();
      return new double[] {mean, variance};
    }

    private double power(double x, double lambda) {
      if (method() == Method.BOX_COX) {
        return lambda == 0 ? Math.log(x) : (Math.pow(x, lambda) - 1) / lambda;
      }
      if (x >= 0) {
        return lambda == 0 ? Math.log1p(x) : (Math.pow(x + 1, lambda) - 1) / lambda;
      }
      return lambda == 2 ? -Math.log1p(-x) : -(Math.pow(1 - x, 2 - lambda) - 1) / (2 - lambda);
    }
  }

  @Nested
  class YeoJohnson extends Contract {
    @Override
    Method method() {
      return Method.YEO_JOHNSON;
    }

    @Override
    protected Rows rows(int count, long seed, Mix mix) {
      return Finite.rows(input(), count, seed, mix);
    }

    @Test
    void aConstantColumnIsCentredOnly() {
      Schema schema = Rows.schema("a", Types.FLOAT64);
      Rows rows = Rows.of(schema, Rows.row(3.5), Rows.row(3.5));
      assertEquals(
          List.of(0.0, 0.0),
          drive.fitAndTransform(new PowerTransformer(Columns.of("a")), rows).column("a"));
    }
  }

  @Nested
  class BoxCox extends Contract {
    @Override
    Method method() {
      return Method.BOX_COX;
    }

    @Override
    protected Rows rows(int count, long seed, Mix mix) {
      Rows rows = Finite.rows(input(), count, seed, mix);
      rows =
          rows.with(
              input().findField("a"),
              "a",
              x -> x == null ? null : (Object) (Math.abs((Double) x) + 0.5));
      return rows.with(
          input().findField("b"),
          "b",
          x -> x == null ? null : (Object) (byte) Math.max(1, (Byte) x));
    }

    @Test
    void whatIsNotPositiveIsRefusedWhenFittingAndWhenTransforming() {
      Schema schema = Rows.schema("a", Types.FLOAT64);
      Operator boxCox = new PowerTransformer(Columns.of("a"), Method.BOX_COX, false, 1 << 20);
      Rows good = Rows.of(schema, Rows.row(1.0), Rows.row(2.0), Rows.row(9.0));
      Rows bad = Rows.of(schema, Rows.row(1.0), Rows.row((Object) null), Rows.row(-1.0));
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> drive.fitAndTransform(boxCox, bad));
      assertEquals(
          "column 'a' has the value -1.0, but box-cox takes positive ones only; use yeo-johnson",
          e.getMessage());
      var fitted = drive.fit(boxCox, schema, List.of(good));
      ValueException later = assertThrows(ValueException.class, () -> drive.transform(fitted, bad));
      assertEquals(2, later.row());
      assertTrue(later.getMessage().startsWith("box-cox takes positive values only but was -1.0"));
    }
  }
}
