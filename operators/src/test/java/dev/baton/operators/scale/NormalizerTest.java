package dev.baton.operators.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.scale.Normalizer.Norm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NormalizerTest {
  private static final List<String> SCALED = List.of("a", "b", "c");

  abstract static class Contract extends OperatorContract {
    abstract Norm norm();

    @Override
    protected Operator operator() {
      return new Normalizer(new Columns.Named(SCALED), norm());
    }

    @Override
    protected Schema input() {
      return Rows.schema("a", Types.FLOAT64, "s", Types.UTF8, "b", Types.INT64, "c", Types.FLOAT32);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      List<Double> norms = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        norms.add(norm(rows, row));
      }
      Rows result = rows;
      for (String name : SCALED) {
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
          Object x = rows.get(row, name);
          values.add(x == null ? null : (Object) (((Number) x).doubleValue() / norms.get(row)));
        }
        result = result.with(Types.field(name, Types.FLOAT64), values);
      }
      return result;
    }

    private double norm(Rows rows, int row) {
      double sum = 0;
      for (String name : SCALED) {
        Object x = rows.get(row, name);
        double size = x == null ? 0 : Math.abs(((Number) x).doubleValue());
        sum =
            switch (norm()) {
              case L1 -> sum + size;
              case L2 -> sum + size * size;
              case MAX -> Math.max(sum, size);
            };
      }
      double norm = norm() == Norm.L2 ? Math.sqrt(sum) : sum;
      return norm < 10 * Math.ulp(1.0) ? 1 : norm;
    }
  }

  @Nested
  class L1 extends Contract {
    @Override
    Norm norm() {
      return Norm.L1;
    }
  }

  @Nested
  class L2 extends Contract {
    @Override
    Norm norm() {
      return Norm.L2;
    }

    @Test
    void aRowOfZerosStaysAndNullsCountAsZero() {
      Schema schema = Rows.schema("a", Types.FLOAT64, "b", Types.FLOAT64);
      Rows rows = Rows.of(schema, Rows.row(3.0, 4.0), Rows.row(0.0, 0.0), Rows.row(-2.0, null));
      Rows result = drive.fitAndTransform(new Normalizer(Columns.of("a", "b")), rows);
      assertEquals(List.of(0.6, 0.0, -1.0), result.column("a"));
      assertEquals(Arrays.asList(0.8, 0.0, null), result.column("b"));
    }
  }

  @Nested
  class Max extends Contract {
    @Override
    Norm norm() {
      return Norm.MAX;
    }
  }
}
