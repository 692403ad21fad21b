package dev.baton.operators.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.scale.Finite;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class DropCorrelatedTest extends OperatorContract {
  private static final List<String> CHOSEN = List.of("a", "b", "c", "d", "e");

  @Override
  protected Operator operator() {
    return new DropCorrelated(new Columns.Named(CHOSEN), 0.83);
  }

  @Override
  protected Schema input() {
    return Rows.schema(
        "a",
        Types.FLOAT64,
        "b",
        Types.INT16,
        "s",
        Types.UTF8,
        "c",
        Types.FLOAT32,
        "d",
        Types.FLOAT64,
        "e",
        Types.FLOAT64);
  }

  /** Column c is about -a; d is e, where it is not missing, and a in part. */
  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    Rows rows = Finite.rows(input(), count, seed, mix);
    List<Object> c = new ArrayList<>();
    List<Object> d = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      Double a = (Double) rows.get(row, "a");
      Double e = (Double) rows.get(row, "e");
      c.add(a == null ? null : (Object) (float) (-a + row % 7));
      d.add(e == null || a == null ? null : (Object) (e + 0.3 * a));
    }
    return rows.with(input().findField("c"), c).with(input().findField("d"), d);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    List<String> left = new ArrayList<>(CHOSEN);
    for (int i = 0; i < left.size(); i++) {
      String first = left.get(i);
      List<String> later = new ArrayList<>(left.subList(i + 1, left.size()));
      later.removeIf(name -> Math.abs(correlation(seen, first, name)) <= 0.83);
      left.removeAll(later);
    }
    Rows result = rows;
    for (String name : CHOSEN) {
      result = left.contains(name) ? result : result.without(name);
    }
    return result;
  }

  private static double correlation(Rows rows, String first, String second) {
    List<double[]> both = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row, first) instanceof Number x && rows.get(row, second) instanceof Number y) {
        if (!Double.isNaN(x.doubleValue()) && !Double.isNaN(y.doubleValue())) {
          both.add(new double[] {x.doubleValue(), y.doubleValue()});
        }
      }
    }
    double meanX = both.stream().mapToDouble(p -> p[0]).average().orElse(0);
    double meanY = both.stream().mapToDouble(p -> p[1]).average().orElse(0);
    double xx = both.stream().mapToDouble(p -> Math.pow(p[0] - meanX, 2)).sum();
    double yy = both.stream().mapToDouble(p -> Math.pow(p[1] - meanY, 2)).sum();
    double xy = both.stream().mapToDouble(p -> (p[0] - meanX) * (p[1] - meanY)).sum();
    return xx * yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
  }

  @Test
  void infinityAndThresholdsOutOfRangeAreRefused() {
    Schema schema = Rows.schema("a", Types.FLOAT64, "b", Types.FLOAT64);
    Rows rows = Rows.of(schema, Rows.row(1.0, 2.0), Rows.row(1.0, Double.POSITIVE_INFINITY));
    ValueException e =
        assertThrows(
            ValueException.class,
            () -> drive.fitAndTransform(new DropCorrelated(Columns.all()), rows));
    assertEquals("b", e.column());
    assertEquals(1, e.row());
    assertEquals(
        "threshold must be from 0 to 1 but was 1.5",
        assertThrows(IllegalArgumentException.class, () -> new DropCorrelated(Columns.all(), 1.5))
            .getMessage());
  }
}
