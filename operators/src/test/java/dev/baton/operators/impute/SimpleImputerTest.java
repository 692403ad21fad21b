package dev.baton.operators.impute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SimpleImputerTest {
  private static final Schema NUMBERS =
      Rows.schema(
          "f64",
          Types.FLOAT64,
          "i32",
          Types.INT32,
          "s",
          Types.UTF8,
          "i64",
          Types.INT64,
          "f32",
          Types.FLOAT32);
  private static final Schema EVERY =
      Rows.schema(
          "f64",
          Types.FLOAT64,
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
          "s",
          Types.UTF8,
          "b",
          Types.BOOL);
  private static final Columns NUMERIC = Columns.of("f64", "i32", "i64", "f32");

  /** Names all columns, so that one that is missing is an error. */
  private static final Columns ALL =
      Columns.of(EVERY.getFields().stream().map(Field::getName).toArray(String[]::new));

  private static boolean missing(Object value) {
    return value == null
        || value instanceof Double d && d.isNaN()
        || value instanceof Float f && f.isNaN();
  }

  private static List<Object> present(Rows rows, String column) {
    List<Object> values = new ArrayList<>(rows.column(column));
    values.removeIf(SimpleImputerTest::missing);
    return values;
  }

  private static BigDecimal exact(Object value) {
    boolean whole = value instanceof Long || value instanceof Integer;
    Number number = (Number) value;
    return whole ? BigDecimal.valueOf(number.longValue()) : new BigDecimal(number.doubleValue());
  }

  /** Fills each column of {@code fields} by what {@code replacement} makes of its values seen. */
  private static Rows fill(
      Rows seen, Rows rows, List<String> columns, Function<List<Object>, Object> replacement) {
    Rows result = rows;
    for (String name : columns) {
      Field field = rows.schema().findField(name);
      if (present(seen, name).isEmpty()) {
        result = result.without(name);
        continue;
      }
      Object value = replacement.apply(present(seen, name));
      boolean widened = value instanceof Double && TypeFamily.INTEGER.accepts(field.getType());
      Object narrowed =
          field.getType().equals(Types.FLOAT32) ? (Object) ((Number) value).floatValue() : value;
      result =
          result.with(
              widened ? Types.field(name, Types.FLOAT64) : field,
              name,
              x -> missing(x) ? narrowed : widened ? (Object) ((Number) x).doubleValue() : x);
    }
    return result;
  }

  @Nested
  class ByMean extends OperatorContract {
    @Override
    protected Operator operator() {
      return new SimpleImputer(NUMERIC);
    }

    @Override
    protected Schema input() {
      return NUMBERS;
    }

    @Override
    protected Rows rows(int count, long seed, Mix mix) {
      Rows rows = RandomRows.of(NUMBERS, count, seed, mix);
      rows =
          rows.with(
              NUMBERS.findField("f64"),
              "f64",
              x -> x instanceof Double d && d.isInfinite() ? null : x);
      return rows.with(
          NUMBERS.findField("f32"), "f32", x -> x instanceof Float f && f.isInfinite() ? null : x);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return fill(
          seen,
          rows,
          List.of("f64", "i32", "i64", "f32"),
          values -> {
            BigDecimal sum = BigDecimal.ZERO;
            for (Object value : values) {
              sum = sum.add(exact(value));
            }
            return sum.divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128)
                .doubleValue();
          });
    }

    @Override
    protected double tolerance() {
      return 1e-12;
    }

    @Override
    protected double splitTolerance() {
      return 1e-12;
    }

    @Test
    void anInfiniteValueIsRefused() {
      Schema schema = Rows.schema("x", Types.FLOAT32);
      Rows rows = Rows.of(schema, Rows.row(1f), Rows.row(Float.NEGATIVE_INFINITY));
      ValueException e =
          assertThrows(
              ValueException.class,
              () -> drive.fitAndTransform(new SimpleImputer(Columns.of("x")), rows));
      assertEquals(1, e.row());
    }

    @Test
    void aColumnWithoutValuesIsDroppedUnlessKept() {
      Schema schema = Rows.schema("x", Types.FLOAT64, "y", Types.INT32);
      Rows rows = Rows.of(schema, Rows.row(null, 1), Rows.row(Double.NaN, 2));
      Columns x = Columns.of("x");
      for (Strategy strategy : Strategy.values()) {
        Operator drops = new SimpleImputer(x, strategy, null, false);
        assertEquals(List.of("y"), drive.fitAndTransform(drops, rows).names());
      }
      Operator keeps = new SimpleImputer(x, Strategy.MEAN, null, true);
      assertEquals(List.of(0.0, 0.0), drive.fitAndTransform(keeps, rows).column("x"));
    }

    @Test
    void textHasNoMean() {
      BindException e =
          assertThrows(
              BindException.class,
              () -> Drive.declared(new SimpleImputer(Columns.of("s")), NUMBERS));
      assertTrue(e.getMessage().startsWith("column 's' is utf8 but must be numeric"));
    }
  }

  @Nested
  class ByMedian extends OperatorContract {
    @Override
    protected Operator operator() {
      return new SimpleImputer(NUMERIC, Strategy.MEDIAN, null, false);
    }

    @Override
    protected Schema input() {
      return NUMBERS;
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return fill(
          seen,
          rows,
          List.of("f64", "i32", "i64", "f32"),
          values -> {
            List<Double> sorted =
                values.stream().map(v -> ((Number) v).doubleValue()).sorted().toList();
            double low = sorted.get((sorted.size() - 1) / 2);
            double high = sorted.get(sorted.size() / 2);
            return low == high ? low : (low + high) / 2;
          });
    }
  }

  @Nested
  class ByMostFrequent extends OperatorContract {
    @Override
    protected Operator operator() {
      return new SimpleImputer(ALL, Strategy.MOST_FREQUENT, null, false);
    }

    @Override
    protected Schema input() {
      return EVERY;
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return fill(seen, rows, rows.names(), ByMostFrequent::mostFrequent);
    }

    private static Object mostFrequent(List<Object> values) {
      TreeMap<Object, Integer> counts = new TreeMap<>();
      for (Object value : values) {
        Object key = value;
        if (value instanceof Double d) {
          key = d + 0.0;
        } else if (value instanceof Float f) {
          key = f + 0f;
        }
        counts.merge(key, 1, Integer::sum);
      }
      int most = counts.values().stream().max(Integer::compare).orElseThrow();
      return counts.entrySet().stream()
          .filter(e -> e.getValue() == most)
          .findFirst()
          .orElseThrow()
          .getKey();
    }

    @Test
    void longsThatNoDoubleCanTellApartAreCountedApart() {
      Schema schema = Rows.schema("n", Types.INT64);
      long big = (1L << 53) + 1;
      Rows rows =
          Rows.of(schema, Rows.row(big - 1), Rows.row(big), Rows.row(big), Rows.row((Object) null));
      Operator imputer = new SimpleImputer(Columns.of("n"), Strategy.MOST_FREQUENT, null, false);
      assertEquals(big, drive.fitAndTransform(imputer, rows).get(3, "n"));
    }

    @Test
    void manyDistinctTextsAreCountedExactly() {
      Schema schema = Rows.schema("s", Types.UTF8);
      List<Object[]> cells = new ArrayList<>();
      for (int i = 0; i < 5000; i++) {
        cells.add(Rows.row("value " + i));
      }
      cells.add(Rows.row("value 4321"));
      cells.add(Rows.row((Object) null));
      Operator imputer = new SimpleImputer(Columns.of("s"), Strategy.MOST_FREQUENT, null, false);
      Rows filled = drive.fitAndTransform(imputer, new Rows(schema, cells));
      assertEquals("value 4321", filled.get(5001, "s"));
    }
  }

  @Nested
  class ByConstant extends OperatorContract {
    @Override
    protected Operator operator() {
      return new SimpleImputer(ALL, Strategy.CONSTANT, null, false);
    }

    @Override
    protected Schema input() {
      return EVERY;
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = fill(seen, rows, List.of("f64", "f32"), values -> 0.0);
      result = fill(seen, result, List.of("i8"), values -> (byte) 0);
      result = fill(seen, result, List.of("i16"), values -> (short) 0);
      result = fill(seen, result, List.of("i32"), values -> 0);
      result = fill(seen, result, List.of("i64"), values -> 0L);
      result = fill(seen, result, List.of("s"), values -> "missing_value");
      return fill(seen, result, List.of("b"), values -> false);
    }

    @Test
    void aFillValueOfAnotherTypeIsRefusedBeforeAnyDataIsRead() {
      for (String value : new String[] {"abc", "1.5", "300"}) {
        Operator imputer = new SimpleImputer(Columns.of("i8"), Strategy.CONSTANT, value, false);
        BindException e = assertThrows(BindException.class, () -> Drive.declared(imputer, EVERY));
        assertEquals(
            "the fill value '" + value + "' is not one of column 'i8', which is int8",
            e.getMessage());
      }
      assertThrows(
          IllegalArgumentException.class, () -> new SimpleImputer(ALL, Strategy.MEAN, "1", false));
    }
  }
}
