package dev.baton.operators.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.internal.Normal;
import dev.baton.operators.scale.QuantileTransformer.Output;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class QuantileTransformerTest {
  private static final List<String> SCALED = List.of("a", "b", "c");

  abstract static class Contract extends OperatorContract {
    abstract Output output();

    abstract int quantiles();

    @Override
    protected Operator operator() {
      return new QuantileTransformer(
          new Columns.Named(SCALED), quantiles(), output(), Quantiles.MEMORY);
    }

    @Override
    protected Schema input() {
      return Rows.schema("a", Types.FLOAT64, "s", Types.UTF8, "b", Types.INT8, "c", Types.FLOAT32);
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
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = rows;
      for (String name : SCALED) {
        List<Double> sorted = Finite.observed(seen, name).stream().sorted().toList();
        int places = Math.max(1, Math.min(quantiles(), seen.size()));
        List<Double> quantiles = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < places; i++) {
          shares.add(places == 1 ? 0.0 : (double) i / (places - 1));
          quantiles.add(RobustScalerTest.quantile(sorted, shares.get(i)));
        }
        result = Finite.map(result, name, x -> moved(quantiles, shares, x));
      }
      return result;
    }

    private double moved(List<Double> quantiles, List<Double> shares, double x) {
      double least = quantiles.get(0);
      double most = quantiles.get(quantiles.size() - 1);
      if (Double.isNaN(x) || Double.isNaN(least)) {
        return Double.NaN;
      }
      double share = (lowest(quantiles, shares, x) + highest(quantiles, shares, x)) / 2;
      double margin = output() == Output.NORMAL ? 1e-7 : 0;
      share = x + margin > most || x == most ? 1 : share;
      share = x - margin < least || x == least ? 0 : share;
      if (output() == Output.UNIFORM) {
        return share;
      }
      double bound = Normal.quantile(1e-7);
      return Math.max(bound, Math.min(-bound, Normal.quantile(share)));
    }

    private static double highest(List<Double> quantiles, List<Double> shares, double x) {
      int last = quantiles.size() - 1;
      for (int i = last; i >= 0; i--) {
        if (quantiles.get(i) <= x) {
          return i == last || quantiles.get(i) == x ? shares.get(i) : line(quantiles, shares, i, x);
        }
      }
      return 0;
    }

    private static double lowest(List<Double> quantiles, List<Double> shares, double x) {
      for (int i = 0; i < quantiles.size(); i++) {
        if (quantiles.get(i) >= x) {
          return i == 0 || quantiles.get(i) == x
              ? shares.get(i)
              : line(quantiles, shares, i - 1, x);
        }
      }
      return 1;
    }

    private static double line(List<Double> quantiles, List<Double> shares, int i, double x) {
      double part = (x - quantiles.get(i)) / (quantiles.get(i + 1) - quantiles.get(i));
      return shares.get(i) + part * (shares.get(i + 1) - shares.get(i));
    }
  }

  @Nested
  class Uniform extends Contract {
    @Override
    Output output() {
      return Output.UNIFORM;
    }

    @Override
    int quantiles() {
      return 1000;
    }

    @Test
    void valuesOutsideTheRangeSeenBecomeItsEnds() {
      Schema schema = Rows.schema("a", Types.FLOAT64);
      Operator transformer = new QuantileTransformer(Columns.of("a"));
      var fitted =
          drive.fit(
              transformer,
              schema,
              List.of(Rows.of(schema, Rows.row(1.0), Rows.row(2.0), Rows.row(4.0))));
      Rows later =
          Rows.of(
              schema,
              Rows.row(Double.NEGATIVE_INFINITY),
              Rows.row(1.0),
              Rows.row(1.5),
              Rows.row(3.0),
              Rows.row(9.0));
      assertEquals(List.of(0.0, 0.0, 0.25, 0.75, 1.0), drive.transform(fitted, later).column("a"));
    }

    @Test
    void oneQuantileIsNotEnough() {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> new QuantileTransformer(Columns.of("a"), 1, Output.UNIFORM, 1 << 20));
      assertEquals("quantiles must be 2 or more but was 1", e.getMessage());
    }
  }

  @Nested
  class NormalOfFewQuantiles extends Contract {
    @Override
    Output output() {
      return Output.NORMAL;
    }

    @Override
    int quantiles() {
      return 11;
    }

    @Override
    protected double tolerance() {
      // A share off by one unit in the last place moves the normal quantile further in the tails.
      return 1e-6;
    }
  }
}
