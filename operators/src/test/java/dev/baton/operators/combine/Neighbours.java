package dev.baton.operators.combine;

import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Finds rows of the same group the slow and obvious way. */
final class Neighbours {
  private Neighbours() {}

  /** The numbers of the rows of {@code row}'s group up to and with it, in order. */
  static List<Integer> upTo(Rows rows, int row, String... by) {
    List<Integer> same = new ArrayList<>();
    for (int other = 0; other <= row; other++) {
      if (key(rows, other, by).equals(key(rows, row, by))) {
        same.add(other);
      }
    }
    return same;
  }

  /** The numbers of the rows of {@code row}'s group from it on, in order. */
  static List<Integer> from(Rows rows, int row, String... by) {
    List<Integer> same = new ArrayList<>();
    for (int other = row; other < rows.size(); other++) {
      if (key(rows, other, by).equals(key(rows, row, by))) {
        same.add(other);
      }
    }
    return same;
  }

  /** The values that make the group of a row. */
  static List<Object> key(Rows rows, int row, String... by) {
    return Arrays.asList(Arrays.stream(by).map(name -> plain(rows.get(row, name))).toArray());
  }

  private static Object plain(Object value) {
    return value instanceof Double d && d == 0 ? (Double) 0.0 : value;
  }

  /** Each missing value replaced by the nearest of its group, in rows before or after it. */
  static Rows fill(Rows rows, boolean ahead, String[] columns, String... by) {
    Rows result = rows;
    for (String name : columns) {
      List<Object> values = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        List<Integer> same = ahead ? from(rows, row, by) : upTo(rows, row, by);
        if (!ahead) {
          Collections.reverse(same);
        }
        values.add(
            same.stream()
                .map(other -> rows.get(other, name))
                .filter(value -> !(value instanceof Number x) || number(x) != null)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null));
      }
      result = result.with(rows.schema().findField(name), values);
    }
    return result;
  }

  /** A float or integer as a double, null when it is missing. */
  static Double number(Object value) {
    return value == null || Double.isNaN(((Number) value).doubleValue())
        ? null
        : (Double) ((Number) value).doubleValue();
  }
}
