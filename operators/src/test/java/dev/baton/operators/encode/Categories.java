package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.Golden;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.arrow.vector.types.pojo.Schema;

/** What the tests of the two encoders share. */
final class Categories {
  static final Schema SCHEMA =
      Rows.schema("colour", Types.UTF8, "number", Types.INT16, "flagged", Types.BOOL);
  static final Schema FLOAT_SCHEMA =
      Rows.schema(
          "colour",
          Types.UTF8,
          "number",
          Types.INT16,
          "flagged",
          Types.BOOL,
          "size",
          Types.FLOAT32);
  static final Schema GOLDEN_SCHEMA = Rows.schema("word", Types.UTF8, "number", Types.INT64);

  private Categories() {}

  /** The order of categories, slow and obvious. */
  static final Comparator<Object> ORDER =
      (a, b) ->
          a instanceof String s
              ? Arrays.compareUnsigned(
                  s.getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8))
              : a instanceof Boolean flag
                  ? Boolean.compare(flag, (Boolean) b)
                  : a instanceof Float || a instanceof Double
                      ? Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue())
                      : Long.compare(((Number) a).longValue(), ((Number) b).longValue());

  /** The value as a category: NaN is null, and -0.0 is 0.0. */
  static Object plain(Object value) {
    return value instanceof Float || value instanceof Double
        ? plain(((Number) value).doubleValue())
        : value;
  }

  private static Double plain(double value) {
    return Double.isNaN(value) ? null : (Double) (value + 0.0);
  }

  /** The distinct values of a column but null, in order. */
  static List<Object> of(Rows rows, String column) {
    TreeSet<Object> values = new TreeSet<>(ORDER);
    rows.column(column).stream()
        .map(Categories::plain)
        .filter(Objects::nonNull)
        .forEach(values::add);
    return new ArrayList<>(values);
  }

  static Rows golden(String name) {
    List<Object[]> cells = new ArrayList<>();
    for (String[] line : Golden.table(name)) {
      cells.add(Rows.row(line[0], Long.valueOf(line[1])));
    }
    return new Rows(GOLDEN_SCHEMA, cells);
  }

  /** A column of text from a string of letters, a dot for null. */
  static Rows letters(String letters) {
    List<Object[]> cells = new ArrayList<>();
    for (String letter : letters.split("")) {
      cells.add(Rows.row(letter.equals(".") ? null : letter));
    }
    return new Rows(Rows.schema("letter", Types.UTF8), cells);
  }
}
