package dev.baton.operators.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.scale.Finite;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VarianceThresholdTest {
  private static final List<String> CHOSEN = List.of("a", "b", "c", "d");

  abstract static class Contract extends OperatorContract {
    abstract double threshold();

    @Override
    protected Operator operator() {
      return new VarianceThreshold(new Columns.Named(CHOSEN), threshold());
    }

    @Override
    protected Schema input() {
      return Rows.schema(
          "a",
          Types.FLOAT64,
          "s",
          Types.UTF8,
          "b",
          Types.INT8,
          "c",
          Types.FLOAT32,
          "d",
          Types.INT64);
    }

    /** Column d is constant where it is not missing; c hardly varies. */
    @Override
    protected Rows rows(int count, long seed, Mix mix) {
      Rows rows = Finite.rows(input(), count, seed, mix);
      rows = rows.with(input().findField("d"), "d", x -> x == null ? null : (Object) 7L);
      return rows.with(
          input().findField("c"), "c", x -> x == null ? null : (Object) ((Float) x / 100));
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = rows;
      for (String name : CHOSEN) {
        List<Double> values = Finite.observed(seen, name);
        double mean = values.stream().mapToDouble(x -> x).average().orElse(Double.NaN);
        double variance =
            values.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum() / values.size();
        boolean varies =
            threshold() == 0
                ? values.stream().distinct().count() > 1
                : !values.isEmpty() && variance > threshold();
        result = varies ? result : result.without(name);
      }
      return result;
    }
  }

  @Nested
  class AboveZero extends Contract {
    @Override
    double threshold() {
      return 0;
    }

    @Override
    protected Rows rows(int count, long seed, Mix mix) {
      // Zeros of both signs are equal, which counting distinct values would miss.
      Rows rows = super.rows(count, seed, mix);
      return rows.with(
          input().findField("a"), "a", x -> x == null ? null : (Object) ((Double) x + 0.0));
    }
  }

  @Nested
  class AboveFive extends Contract {
    @Override
    double threshold() {
      return 5;
    }

    @Test
    void aNegativeThresholdIsRefused() {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> new VarianceThreshold(Columns.of("a"), -1));
      assertEquals("threshold must be 0 or more but was -1.0", e.getMessage());
    }
  }
}
