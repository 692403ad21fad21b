package dev.baton.operators.bin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.bin.Bucketizer.OnMissing;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BucketizerTest {
  private static final List<String> CUT = List.of("a", "b", "c");
  private static final List<Double> EDGES =
      List.of(Double.NEGATIVE_INFINITY, -10.0, 0.0, 50.0, Double.POSITIVE_INFINITY);

  private static boolean missing(Object x) {
    return x == null || Double.isNaN(((Number) x).doubleValue());
  }

  private static int bucket(Object value) {
    if (missing(value)) {
      return 4;
    }
    double x = ((Number) value).doubleValue();
    return x < -10 ? 0 : x < 0 ? 1 : x < 50 ? 2 : 3;
  }

  abstract static class Contract extends OperatorContract {
    abstract OnMissing missing();

    @Override
    protected Operator operator() {
      return new Bucketizer(new Columns.Named(CUT), EDGES, missing());
    }

    @Override
    protected Schema input() {
      return Rows.schema("a", Types.FLOAT64, "s", Types.UTF8, "b", Types.INT64, "c", Types.FLOAT32);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = rows;
      if (missing() == OnMissing.SKIP) {
        List<Object[]> kept = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
          int at = row;
          if (CUT.stream().noneMatch(name -> BucketizerTest.missing(rows.get(at, name)))) {
            kept.add(rows.cells().get(row));
          }
        }
        result = new Rows(rows.schema(), kept);
      }
      for (String name : CUT) {
        result = result.with(Types.field(name, Types.INT32), name, x -> (Object) bucket(x));
      }
      return result;
    }
  }

  @Nested
  class Keep extends Contract {
    @Override
    OnMissing missing() {
      return OnMissing.KEEP;
    }
  }

  @Nested
  class Skip extends Contract {
    @Override
    OnMissing missing() {
      return OnMissing.SKIP;
    }
  }

  @Nested
  class Refuse extends Contract {
    @Override
    OnMissing missing() {
      return OnMissing.ERROR;
    }

    @Override
    protected boolean accepts(Rows rows) {
      return CUT.stream()
          .allMatch(name -> rows.column(name).stream().noneMatch(BucketizerTest::missing));
    }

    @Override
    protected Rows rows(int count, long seed, Mix mix) {
      Rows rows = super.rows(count, seed, mix);
      if (mix == Mix.ONLY_NULLS || seed % 2 == 1) {
        return rows;
      }
      for (String name : CUT) {
        Object zero =
            switch (name) {
              case "a" -> 0.0;
              case "b" -> 0L;
              default -> 0f;
            };
        rows = rows.with(input().findField(name), name, x -> BucketizerTest.missing(x) ? zero : x);
      }
      return rows;
    }

    @Test
    void missingAndOutlyingValuesAreNamed() {
      Schema schema = Rows.schema("x", Types.FLOAT64);
      Operator bucketizer = new Bucketizer(Columns.of("x"), List.of(0.0, 1.0, 5.0));
      Rows rows = Rows.of(schema, Rows.row(0.0), Rows.row(1.0), Rows.row(5.0), Rows.row(4.9));
      assertEquals(List.of(0, 1, 1, 1), drive.fitAndTransform(bucketizer, rows).column("x"));
      ValueException e =
          assertThrows(
              ValueException.class,
              () ->
                  drive.fitAndTransform(bucketizer, Rows.of(schema, Rows.row(1.0), Rows.row(5.5))));
      assertEquals(1, e.row());
      assertEquals(
          "5.5 is outside the edges, which go from 0.0 to 5.0; clip before this stage, or let them"
              + " go from -.inf to .inf",
          e.getMessage());
      ValueException missing =
          assertThrows(
              ValueException.class,
              () -> drive.fitAndTransform(bucketizer, Rows.of(schema, Rows.row((Object) null))));
      assertEquals(
          "expected a number but it is missing; put an imputer before this stage, or set missing"
              + " to skip or keep",
          missing.getMessage());
    }

    @Test
    void edgesMustAscend() {
      assertEquals(
          "edges must ascend but were [0.0, 2.0, 2.0]",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new Bucketizer(Columns.of("x"), List.of(0.0, 2.0, 2.0)))
              .getMessage());
      assertEquals(
          "edges must be 3 or more but were [0.0, 2.0]",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new Bucketizer(Columns.of("x"), List.of(0.0, 2.0)))
              .getMessage());
    }
  }
}
