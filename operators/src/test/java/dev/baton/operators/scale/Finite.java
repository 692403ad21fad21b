package dev.baton.operators.scale;

import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** Random rows whose infinities, which scalers refuse, became NaN; and the numbers of a column. */
final class Finite {
  private Finite() {}

  static Rows rows(Schema schema, int count, long seed, Mix mix) {
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

  /** The values that are neither null nor NaN. */
  static List<Double> observed(Rows rows, String column) {
    List<Double> values = new ArrayList<>();
    for (Object value : rows.column(column)) {
      if (value instanceof Number n && !Double.isNaN(n.doubleValue())) {
        values.add(n.doubleValue());
      }
    }
    return values;
  }
}
