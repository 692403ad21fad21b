package dev.baton.operators.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class ClipTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Clip(Columns.of("i8", "i16", "i32", "i64", "f32", "f64"), -10.5, 20.25);
  }

  @Override
  protected Schema input() {
    return Rows.schema(
        "i8",
        Types.INT8,
        "i16",
        Types.INT16,
        "i32",
        Types.INT32,
        "i64",
        Types.INT64,
        "f32",
        Types.FLOAT32,
        "f64",
        Types.FLOAT64,
        "s",
        Types.UTF8);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (var field : input().getFields()) {
      result = result.with(field, field.getName(), ClipTest::clip);
    }
    return result;
  }

  private static Object clip(Object value) {
    if (value instanceof Double d) {
      return d < -10.5 ? -10.5 : d > 20.25 ? 20.25 : d;
    } else if (value instanceof Float f) {
      return f < -10.5f ? -10.5f : f > 20.25f ? 20.25f : f;
    } else if (value instanceof Byte b) {
      return (byte) Math.max(-10, Math.min(20, b));
    } else if (value instanceof Short s) {
      return (short) Math.max(-10, Math.min(20, s));
    } else if (value instanceof Integer i) {
      return Math.max(-10, Math.min(20, i));
    } else if (value instanceof Long l) {
      return Math.max(-10L, Math.min(20L, l));
    }
    return value;
  }

  @Test
  void oneBoundIsEnoughAndNoneIsRefused() {
    Schema schema = Rows.schema("n", Types.INT64);
    Rows rows = Rows.of(schema, Rows.row(Long.MIN_VALUE), Rows.row(Long.MAX_VALUE));
    Columns n = Columns.of("n");
    Operator lower = new Clip(n, 0, Double.POSITIVE_INFINITY);
    assertEquals("[0, 9223372036854775807]", drive.fitAndTransform(lower, rows).column("n") + "");
    BindException e = assertThrows(BindException.class, () -> Drive.declared(new Clip(n), schema));
    assertEquals("clip has no bounds; give min, max or both", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Clip(n, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> new Clip(n, Double.NaN, 1));
  }

  @Test
  void boundsBetweenWhichATypeHasNoValueAreRefused() {
    Schema schema = Rows.schema("n", Types.INT8);
    for (double[] bounds : new double[][] {{200, 300}, {0.2, 0.8}, {-500, -129}}) {
      BindException e =
          assertThrows(
              BindException.class,
              () -> Drive.declared(new Clip(Columns.of("n"), bounds[0], bounds[1]), schema));
      assertEquals(
          String.format(
              "column 'n' is int8, which has no value between %s and %s", bounds[0], bounds[1]),
          e.getMessage());
    }
  }
}
