package dev.baton.operators.combine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RollingWindowTest extends OperatorContract {
  private static final List<Statistic> ALL = List.of(Statistic.values());

  @Override
  protected Operator operator() {
    return new RollingWindow(Columns.of("f64", "i64"), 4, ALL, 2, Columns.of("b"));
  }

  @Override
  protected Schema input() {
    return Rows.schema("f64", Types.FLOAT64, "i64", Types.INT64, "b", Types.BOOL);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return roll(rows, List.of("f64", "i64"), 4, ALL, 2, "b");
  }

  private static Rows roll(
      Rows rows,
      List<String> columns,
      int length,
      List<Statistic> statistics,
      int least,
      String... by) {
    Rows result = rows;
    for (String name : columns) {
      for (Statistic statistic : statistics) {
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
          List<Integer> same = Neighbours.upTo(rows, row, by);
          List<Double> window =
              same.subList(Math.max(0, same.size() - length), same.size()).stream()
                  .map(other -> Neighbours.number(rows.get(other, name)))
                  .filter(Objects::nonNull)
                  .toList();
          values.add(Oracle.of(statistic, window, least));
        }
        String added =
            name + "_rolling_" + statistic.name().toLowerCase(java.util.Locale.ROOT) + "_" + length;
        result = result.with(Types.field(added, statistic.type()), values);
      }
    }
    return result;
  }

  @Nested
  class TheMeanOfFullWindows extends OperatorContract {
    @Override
    protected Operator operator() {
      return new RollingWindow(Columns.of("f32"), 70);
    }

    @Override
    protected Schema input() {
      return Rows.schema("f32", Types.FLOAT32);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return roll(rows, List.of("f32"), 70, List.of(Statistic.MEAN), 70);
    }
  }

  @Test
  void sumsThatNeedMoreThanADoubleAreRoundedOnce() {
    Schema schema = Rows.schema("x", Types.FLOAT64);
    double huge = Double.MAX_VALUE;
    Rows rows =
        Rows.of(
            schema,
            Rows.row(1e300),
            Rows.row(1.0),
            Rows.row(-1e300),
            Rows.row(huge),
            Rows.row(huge),
            Rows.row(-huge),
            Rows.row(3.0),
            Rows.row(4.0));
    Operator sum = new RollingWindow(Columns.of("x"), 3, List.of(Statistic.SUM), 1, null);
    assertEquals(
        List.of(1e300, 1e300, 1.0, huge - 1e300, Double.POSITIVE_INFINITY, huge, 3.0, 7.0 - huge),
        drive.fitAndTransform(sum, rows).column("x_rolling_sum_3"));
  }

  @Test
  void parametersOutOfRangeAreRefused() {
    Columns x = Columns.of("x");
    assertEquals(
        "rows must be at least 1 but was 0",
        assertThrows(IllegalArgumentException.class, () -> new RollingWindow(x, 0)).getMessage());
    assertEquals(
        "minValues must be from 0 to rows, 3, but was 4",
        assertThrows(IllegalArgumentException.class, () -> new RollingWindow(x, 3, ALL, 4, null))
            .getMessage());
    assertEquals(
        "statistics must be one or more different ones but were []",
        assertThrows(
                IllegalArgumentException.class, () -> new RollingWindow(x, 3, List.of(), 0, null))
            .getMessage());
  }
}
