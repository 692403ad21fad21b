package dev.baton.engine.source;

import dev.baton.engine.batch.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * All ways in which columns differ from those that are expected, a line each. The order of columns
 * and whether nulls are declared do not matter.
 */
public final class ColumnDifferences {
  private ColumnDifferences() {}

  public static List<String> of(Schema expected, Schema found) {
    Map<String, String> types = new LinkedHashMap<>();
    expected.getFields().forEach(field -> types.put(field.getName(), describe(field)));
    return of(types, found, (name, other) -> isSame(expected.findField(name), other));
  }

  /** The same for types as {@link #describe} says them, by name of the column. */
  static List<String> of(Map<String, String> expected, Schema found) {
    return of(expected, found, (name, other) -> expected.get(name).equals(describe(other)));
  }

  private static List<String> of(
      Map<String, String> expected, Schema found, BiPredicate<String, Field> fits) {
    List<String> lines = new ArrayList<>();
    Map<String, Field> there = new LinkedHashMap<>();
    found.getFields().forEach(field -> there.put(field.getName(), field));
    expected.forEach(
        (name, type) -> {
          Field other = there.remove(name);
          String column = "column '" + name + "': expected " + type;
          if (other == null) {
            lines.add(column + " but it is missing");
          } else if (!fits.test(name, other)) {
            lines.add(column + " but found " + describe(other));
          }
        });
    there.forEach(
        (name, extra) ->
            lines.add("column '" + name + "': expected none but found " + describe(extra)));
    return lines;
  }

  private static boolean isSame(Field a, Field b) {
    if (!a.getType().equals(b.getType()) || a.getChildren().size() != b.getChildren().size()) {
      return false;
    }
    for (int i = 0; i < a.getChildren().size(); i++) {
      Field one = a.getChildren().get(i);
      Field other = b.getChildren().get(i);
      boolean named = a.getType() instanceof ArrowType.Struct;
      if (named && !one.getName().equals(other.getName()) || !isSame(one, other)) {
        return false;
      }
    }
    return true;
  }

  /** A type in words, such as {@code int64}, {@code List of float32}. */
  static String describe(Field field) {
    String type = Types.name(field.getType());
    List<Field> children = field.getChildren();
    if (children.isEmpty()) {
      return type;
    }
    return type
        + " of "
        + String.join(", ", children.stream().map(ColumnDifferences::describe).toList());
  }
}
