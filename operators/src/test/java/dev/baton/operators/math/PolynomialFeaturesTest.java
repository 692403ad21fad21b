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
import dev.baton.operators.scale.Finite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PolynomialFeaturesTest {
  private static Rows add(Rows rows, String name, String... factors) {
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      Double product = 1.0;
      for (String factor : factors) {
        Object x = rows.get(row, factor);
        product = x == null || product == null ? null : (Double) (product * (Double) x);
      }
      values.add(product);
    }
    return rows.with(Types.field(name, Types.FLOAT64), values);
  }

  @Nested
  class Cubes extends OperatorContract {
    @Override
    protected Operator operator() {
      return new PolynomialFeatures(Columns.of("a", "b"), 3, false, true);
    }

    @Override
    protected Schema input() {
      return Rows.schema("a", Types.FLOAT64, "s", Types.UTF8, "b", Types.INT32);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = Finite.map(Finite.map(rows, "a", x -> x), "b", x -> x);
      result = add(result, "1");
      for (Map.Entry<String, String[]> product :
          List.of(
              Map.entry("a^2", new String[] {"a", "a"}),
              Map.entry("a b", new String[] {"a", "b"}),
              Map.entry("b^2", new String[] {"b", "b"}),
              Map.entry("a^3", new String[] {"a", "a", "a"}),
              Map.entry("a^2 b", new String[] {"a", "a", "b"}),
              Map.entry("a b^2", new String[] {"a", "b", "b"}),
              Map.entry("b^3", new String[] {"b", "b", "b"}))) {
        result = add(result, product.getKey(), product.getValue());
      }
      return result;
    }
  }

  @Nested
  class Interactions extends OperatorContract {
    @Override
    protected Operator operator() {
      return new PolynomialFeatures(Columns.of("a", "b", "c"), 3, true, false);
    }

    @Override
    protected Schema input() {
      return Rows.schema("a", Types.FLOAT64, "b", Types.INT8, "c", Types.FLOAT32);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = rows;
      for (String name : List.of("a", "b", "c")) {
        result = Finite.map(result, name, x -> x);
      }
      result = add(result, "a b", "a", "b");
      result = add(result, "a c", "a", "c");
      result = add(result, "b c", "b", "c");
      return add(result, "a b c", "a", "b", "c");
    }

    @Test
    void tooManyColumnsAndNamesThatAreTakenAreRefused() {
      List<Field> fields = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        fields.add(Types.field("c" + i, Types.FLOAT64));
      }
      BindException many =
          assertThrows(
              BindException.class,
              () ->
                  Drive.declared(
                      new PolynomialFeatures(Columns.all(), 3, false, false), new Schema(fields)));
      assertEquals(
          "polynomials of degree 3 of 60 columns are more than 10,000 columns; choose fewer columns"
              + " or a lower degree",
          many.getMessage());
      Schema schema = Rows.schema("a", Types.FLOAT64, "a^2", Types.FLOAT64);
      BindException taken =
          assertThrows(
              BindException.class,
              () -> Drive.declared(new PolynomialFeatures(Columns.of("a")), schema));
      assertEquals(
          "there is a column 'a^2' already; rename it before this stage", taken.getMessage());
    }
  }
}
