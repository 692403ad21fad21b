package dev.baton.operators.combine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GroupAggregateTest extends OperatorContract {
  private static final List<Statistic> EXACT =
      List.of(Statistic.COUNT, Statistic.SUM, Statistic.MEAN, Statistic.MIN, Statistic.MAX);

  @Override
  protected Operator operator() {
    return new GroupAggregate(Columns.of("f64", "i64"), Columns.of("s"), EXACT);
  }

  @Override
  protected Schema input() {
    return Rows.schema("f64", Types.FLOAT64, "i64", Types.INT64, "s", Types.UTF8);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return aggregate(seen, rows, List.of("f64", "i64"), EXACT, "s");
  }

  private static Rows aggregate(
      Rows seen, Rows rows, List<String> columns, List<Statistic> statistics, String... by) {
    Rows result = rows;
    for (String name : columns) {
      for (Statistic statistic : statistics) {
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
          List<Object> key = Neighbours.key(rows, row, by);
          List<Integer> same =
              IntStream.range(0, seen.size())
                  .filter(other -> Neighbours.key(seen, other, by).equals(key))
                  .boxed()
                  .toList();
          List<Double> group =
              same.stream()
                  .map(other -> Neighbours.number(seen.get(other, name)))
                  .filter(Objects::nonNull)
                  .toList();
          int least = same.isEmpty() || statistic != Statistic.COUNT ? 1 : 0;
          values.add(Oracle.of(statistic, group, least));
        }
        String word = statistic.name().toLowerCase(Locale.ROOT);
        String added = name + "_" + word + "_by_" + String.join("_", by);
        result = result.with(Types.field(added, statistic.type()), values);
      }
    }
    return result;
  }

  @Nested
  class TheDeviationBySeveralColumns extends OperatorContract {
    @Override
    protected Operator operator() {
      return new GroupAggregate(
          Columns.of("f32"), Columns.of("b", "s"), List.of(Statistic.STD, Statistic.MEAN));
    }

    @Override
    protected Schema input() {
      return Rows.schema("f32", Types.FLOAT32, "b", Types.BOOL, "s", Types.UTF8);
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
      return aggregate(
          seen, rows, List.of("f32"), List.of(Statistic.STD, Statistic.MEAN), "b", "s");
    }
  }

  @Test
  void aGroupNotSeenGetsNulls() {
    Schema schema = Rows.schema("x", Types.FLOAT64, "g", Types.INT32);
    Rows seen = Rows.of(schema, Rows.row(1.0, 1), Rows.row(3.0, 1));
    Operator mean = new GroupAggregate(Columns.of("x"), Columns.of("g"));
    Rows other = Rows.of(schema, Rows.row(9.0, 1), Rows.row(9.0, 2), Rows.row(9.0, null));
    Rows result = drive.transform(drive.fit(mean, schema, List.of(seen)), other);
    assertEquals("[2.0, null, null]", result.column("x_mean_by_g").toString());
  }

  @Test
  void aColumnIsNotAGroupOfItsOwn() {
    Operator both = new GroupAggregate(Columns.of("x"), Columns.of("x"));
    BindException e =
        assertThrows(
            BindException.class,
            () -> dev.baton.engine.testkit.Drive.declared(both, Rows.schema("x", Types.FLOAT64)));
    assertEquals("columns and by must not share a column; give columns by name", e.getMessage());
  }
}
