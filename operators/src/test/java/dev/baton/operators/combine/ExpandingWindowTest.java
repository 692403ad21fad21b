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
import java.util.Locale;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ExpandingWindowTest extends OperatorContract {
  private static final List<Statistic> EXACT =
      List.of(Statistic.SUM, Statistic.COUNT, Statistic.MIN, Statistic.MAX, Statistic.MEAN);

  @Override
  protected Operator operator() {
    return new ExpandingWindow(Columns.of("f64", "i32"), EXACT, 3, null);
  }

  @Override
  protected Schema input() {
    return Rows.schema("f64", Types.FLOAT64, "i32", Types.INT32);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return expand(rows, List.of("f64", "i32"), EXACT, 3);
  }

  private static Rows expand(
      Rows rows, List<String> columns, List<Statistic> statistics, int least, String... by) {
    Rows result = rows;
    for (String name : columns) {
      for (Statistic statistic : statistics) {
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
          List<Double> window =
              Neighbours.upTo(rows, row, by).stream()
                  .map(other -> Neighbours.number(rows.get(other, name)))
                  .filter(Objects::nonNull)
                  .toList();
          values.add(Oracle.of(statistic, window, least));
        }
        String added = name + "_expanding_" + statistic.name().toLowerCase(Locale.ROOT);
        result = result.with(Types.field(added, statistic.type()), values);
      }
    }
    return result;
  }

  @Nested
  class OfTheSameGroup extends OperatorContract {
    @Override
    protected Operator operator() {
      return new ExpandingWindow(Columns.of("f32"), EXACT, 1, Columns.of("s", "b"));
    }

    @Override
    protected Schema input() {
      return Rows.schema("f32", Types.FLOAT32, "b", Types.BOOL, "s", Types.UTF8);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return expand(rows, List.of("f32"), EXACT, 1, "s", "b");
    }
  }

  @Nested
  class TheDeviation extends OperatorContract {
    @Override
    protected Operator operator() {
      return new ExpandingWindow(Columns.of("f64"), List.of(Statistic.STD), 1, Columns.of("b"));
    }

    @Override
    protected Schema input() {
      return Rows.schema("f64", Types.FLOAT64, "b", Types.BOOL);
    }

    @Override
    protected double tolerance() {
      return 1e-9;
    }

    @Override
    protected double splitTolerance() {
      return 1e-9;
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      return expand(rows, List.of("f64"), List.of(Statistic.STD), 1, "b");
    }
  }

  @Test
  void withoutAValueThereIsNoStatistic() {
    assertEquals(
        "minValues must be at least 1 but was 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new ExpandingWindow(Columns.of("x"), EXACT, 0, null))
            .getMessage());
  }
}
