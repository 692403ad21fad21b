package dev.baton.operators.impute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.scale.Finite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GroupImputerTest {
  private static final List<String> KEYS = List.of("city", "flag", "n");

  abstract static class Contract extends OperatorContract {
    abstract Strategy strategy();

    abstract List<String> filled();

    @Override
    protected Operator operator() {
      return new GroupImputer(
          new Columns.Named(filled()), new Columns.Named(KEYS), strategy(), null);
    }

    @Override
    protected Schema input() {
      return Rows.schema(
          "city",
          Types.UTF8,
          "a",
          Types.FLOAT64,
          "flag",
          Types.BOOL,
          "b",
          Types.INT16,
          "n",
          Types.INT32,
          "c",
          Types.FLOAT32,
          "t",
          Types.UTF8);
    }

    /** Few keys, so that groups have several rows. */
    @Override
    protected Rows rows(int count, long seed, Mix mix) {
      Rows rows = Finite.rows(input(), count, seed, mix);
      rows = rows.with(input().findField("n"), "n", x -> x == null ? null : (Integer) x & 1);
      rows =
          rows.with(
              input().findField("city"),
              "city",
              x -> x == null ? null : x.toString().length() > 3 ? "a rather long name" : "b");
      return rows.with(
          input().findField("b"), "b", x -> x == null ? null : (Object) (short) ((Short) x % 5));
    }

    private static boolean missing(Object x) {
      return x == null || x instanceof Number n && Double.isNaN(n.doubleValue());
    }

    private static List<Object> present(Rows rows, String column, List<Object> key) {
      List<Object> values = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        Object value = rows.get(row, column);
        if (!missing(value) && (key == null || key.equals(key(rows, row)))) {
          values.add(value);
        }
      }
      return values;
    }

    private static List<Object> key(Rows rows, int row) {
      List<Object> key = new ArrayList<>();
      KEYS.forEach(name -> key.add(rows.get(row, name)));
      return key;
    }

    @Override
    protected boolean accepts(Rows rows) {
      return filled().stream().noneMatch(name -> present(rows, name, null).isEmpty());
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows result = rows;
      for (String name : filled()) {
        Field field = rows.schema().findField(name);
        boolean widen =
            strategy() != Strategy.MOST_FREQUENT && TypeFamily.INTEGER.accepts(field.getType());
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
          Object value = rows.get(row, name);
          if (missing(value)) {
            List<Object> group = present(seen, name, key(rows, row));
            value = usual(group.isEmpty() ? present(seen, name, null) : group);
          }
          values.add(
              widen
                  ? (Object) ((Number) value).doubleValue()
                  : field.getType().equals(Types.FLOAT32)
                      ? (Object) ((Number) value).floatValue()
                      : value);
        }
        result = result.with(widen ? Types.field(name, Types.FLOAT64) : field, values);
      }
      return result;
    }

    private Object usual(List<Object> values) {
      if (strategy() == Strategy.MOST_FREQUENT) {
        TreeMap<Object, Integer> counts = new TreeMap<>();
        values.forEach(
            v ->
                counts.merge(
                    v instanceof Double d ? d + 0.0 : v instanceof Float f ? f + 0f : v,
                    1,
                    Integer::sum));
        int most = counts.values().stream().max(Integer::compare).orElseThrow();
        counts.values().removeIf(count -> count < most);
        return counts.firstKey();
      }
      double[] numbers =
          values.stream().mapToDouble(v -> ((Number) v).doubleValue() + 0.0).sorted().toArray();
      if (strategy() == Strategy.MEAN) {
        return Arrays.stream(numbers).average().orElseThrow();
      }
      return (numbers[(numbers.length - 1) / 2] + numbers[numbers.length / 2]) / 2;
    }
  }

  @Nested
  class ByMean extends Contract {
    @Override
    Strategy strategy() {
      return Strategy.MEAN;
    }

    @Override
    List<String> filled() {
      return List.of("a", "b", "c");
    }

    @Override
    protected double tolerance() {
      return 1e-12;
    }

    @Override
    protected double splitTolerance() {
      return 1e-14;
    }

    @Test
    void groupsNotSeenGetWhatIsUsualOverAll() {
      Schema schema = Rows.schema("g", Types.UTF8, "x", Types.INT64);
      Rows seen =
          Rows.of(
              schema,
              Rows.row("a", 1L),
              Rows.row("a", 2L),
              Rows.row("b", null),
              Rows.row(null, 9L));
      Rows later =
          Rows.of(
              schema,
              Rows.row("a", null),
              Rows.row("b", null),
              Rows.row("c", null),
              Rows.row(null, null));
      Operator imputer = new GroupImputer(Columns.of("x"), Columns.of("g"));
      Rows filled = drive.transform(drive.fit(imputer, schema, List.of(seen)), later);
      assertEquals(List.of(1.5, 4.0, 4.0, 9.0), filled.column("x"));
    }

    @Test
    void aColumnWithoutValuesIsAnErrorUnlessThereIsAFillForIt() {
      Schema schema = Rows.schema("g", Types.UTF8, "x", Types.INT64);
      Rows rows = Rows.of(schema, Rows.row("a", null));
      Columns x = Columns.of("x");
      Columns g = Columns.of("g");
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () -> drive.fitAndTransform(new GroupImputer(x, g), rows));
      assertEquals(
          "column 'x' has no value to take the mean of; drop the column or set fill",
          e.getMessage());
      Operator fills = new GroupImputer(x, g, Strategy.MEAN, "-1");
      assertEquals(List.of(-1.0), drive.fitAndTransform(fills, rows).column("x"));
      BindException both =
          assertThrows(BindException.class, () -> Drive.declared(new GroupImputer(x, x), schema));
      assertEquals("column 'x' cannot be both a key and filled; copy it first", both.getMessage());
      assertEquals(
          "a constant does not depend on the group; use simple-imputer or fill-missing",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new GroupImputer(x, g, Strategy.CONSTANT, null))
              .getMessage());
    }
  }

  @Nested
  class ByMedian extends Contract {
    @Override
    Strategy strategy() {
      return Strategy.MEDIAN;
    }

    @Override
    List<String> filled() {
      return List.of("a", "b", "c");
    }
  }

  @Nested
  class ByMostFrequent extends Contract {
    @Override
    Strategy strategy() {
      return Strategy.MOST_FREQUENT;
    }

    @Override
    List<String> filled() {
      return List.of("a", "b", "c", "t");
    }
  }
}
