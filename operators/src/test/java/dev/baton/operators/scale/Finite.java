package dev.baton.operators.scale;

import dev.baton.engine.batch.Types;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.arrow.vector.types.pojo.Schema;

/** Random rows whose infinities, which scalers refuse, became NaN; and the numbers of a column. */
public final class Finite {
  private Finite() {}

  public static Rows rows(Schema schema, int count, long seed, Mix mix) {
    Rows rows = RandomRows.of(schema, count, seed, mix);
    for (var field : schema.getFields()) {
      rows = rows.with(field, field.getName(), Finite::finite);
    }
    return rows;
  }

  private static Object finite(Object value) {
    if (value instanceof Float f && f.isInfinite()) {
      return Float.NaN;
    }
    return value instanceof Double d && d.isInfinite() ? (Object) Double.NaN : value;
  }

  /** A column as float64, each value of which is a function of the old one. */
  public static Rows map(Rows rows, String column, DoubleUnaryOperator function) {
    return rows.with(
        Types.field(column, Types.FLOAT64),
        column,
        x -> x == null ? null : (Object) function.applyAsDouble(((Number) x).doubleValue()));
  }

  /** The values that are neither null nor NaN. */
  public static List<Double> observed(Rows rows, String column) {
    List<Double> values = new ArrayList<>();
    for (Object value : rows.column(column)) {
      if (value instanceof Number n && !Double.isNaN(n.doubleValue())) {
        values.add(n.doubleValue());
      }
    }
    return values;
  }
}
