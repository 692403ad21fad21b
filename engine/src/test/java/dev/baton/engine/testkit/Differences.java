package dev.baton.engine.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Assertions;

/**
 * Asserts that tables are equal. Floats are equal when their bits are, so 0.0 is not -0.0, except
 * that all NaNs are one value: which bits a NaN gets is up to the processor.
 */
public final class Differences {
  private Differences() {}

  /** Schemas and all values are equal. */
  public static void assertSame(Rows expected, Rows actual, String what) {
    assertSame(expected, actual, 0, what);
  }

  /**
   * Schemas and all values are equal, floats within a difference.
   *
   * @param tolerance the largest difference relative to the expected value, or absolute where that
   *     is below one; 0 for equal bits
   */
  public static void assertSame(Rows expected, Rows actual, double tolerance, String what) {
    assertSameSchema(expected.schema(), actual.schema(), what);
    for (int row = 0; row < Math.min(expected.size(), actual.size()); row++) {
      for (int i = 0; i < expected.cells().get(row).length; i++) {
        Object wanted = expected.cells().get(row)[i];
        Object found = actual.cells().get(row)[i];
        if (!same(wanted, found, tolerance)) {
          Assertions.fail(
              String.format(
                  "%s: row %d, column '%s': expected %s but was %s",
                  what, row, expected.names().get(i), show(wanted), show(found)));
        }
      }
    }
    Assertions.assertEquals(expected.size(), actual.size(), what + ": number of rows");
  }

  /**
   * Names, types, children and nullability are equal, in order. What the elements of a list are
   * called does not count: Arrow calls them one thing in files and another in memory.
   */
  public static void assertSameSchema(Schema expected, Schema actual, String what) {
    Assertions.assertEquals(describe(expected), describe(actual), what + ": schema");
  }

  static List<String> describe(Schema schema) {
    return schema.getFields().stream().map(f -> f.getName() + ": " + describe(f)).toList();
  }

  private static String describe(Field field) {
    String children =
        field.getChildren().isEmpty()
            ? ""
            : field.getChildren().stream().map(Differences::describe).toList().toString();
    return field.getType() + children + (field.isNullable() ? "" : " not null");
  }

  private static boolean same(Object wanted, Object found, double tolerance) {
    if (wanted instanceof byte[] a && found instanceof byte[] b) {
      return Arrays.equals(a, b);
    }
    if (wanted instanceof List<?> a && found instanceof List<?> b) {
      if (a.size() != b.size()) {
        return false;
      }
      for (int i = 0; i < a.size(); i++) {
        if (!same(a.get(i), b.get(i), tolerance)) {
          return false;
        }
      }
      return true;
    }
    if (Objects.equals(wanted, found)) {
      return true;
    }
    if (tolerance > 0
        && isFloat(wanted)
        && wanted.getClass() == Objects.requireNonNullElse(found, "").getClass()) {
      double a = ((Number) wanted).doubleValue();
      double b = ((Number) found).doubleValue();
      return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a)) && Double.isFinite(a);
    }
    return false;
  }

  private static boolean isFloat(Object value) {
    return value instanceof Double || value instanceof Float;
  }

  private static String show(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    String type = value.getClass().getSimpleName();
    if (value instanceof Double d) {
      return d + " (" + type + " 0x" + Long.toHexString(Double.doubleToRawLongBits(d)) + ")";
    }
    return (value instanceof String ? "'" + value + "'" : value) + " (" + type + ")";
  }
}
