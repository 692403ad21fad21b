package dev.baton.engine.source;

import dev.baton.engine.batch.Names;
import dev.baton.engine.batch.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** How the columns of some data differ from those that are expected, all at once, in words. */
public final class Departures {
  private Departures() {}

  /** A text with a line for each column, or null when there is nothing to say. */
  public static String of(Schema expected, Schema found, boolean ignoreExtra) {
    List<String> names = expected.getFields().stream().map(Field::getName).toList();
    List<String> extra = new ArrayList<>();
    for (Field field : found.getFields()) {
      if (!names.contains(field.getName())) {
        extra.add(field.getName());
      }
    }
    List<String> unclaimed = new ArrayList<>(extra);
    List<String> lines = new ArrayList<>();
    for (Field field : expected.getFields()) {
      Field other = find(found, field.getName());
      if (other == null) {
        String near = Names.nearest(field.getName(), unclaimed);
        unclaimed.remove(near);
        lines.add(
            String.format(
                "'%s' is missing; it is %s%s",
                field.getName(),
                Types.name(field.getType()),
                near == null ? "" : ", is it '" + near + "'?"));
      } else if (!sameType(field, other)) {
        lines.add(
            String.format(
                "'%s' is %s but was %s when fitting",
                field.getName(), describe(other), describe(field)));
      }
    }
    if (!ignoreExtra) {
      extra.forEach(name -> lines.add("'" + name + "' was not there when fitting"));
    }
    return lines.isEmpty()
        ? null
        : "the columns are not those the pipeline was fitted on:\n  " + String.join("\n  ", lines);
  }

  private static Field find(Schema schema, String name) {
    return schema.getFields().stream()
        .filter(field -> field.getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Whether both hold the same kind of values; whether nulls are declared does not matter. */
  private static boolean sameType(Field a, Field b) {
    if (!a.getType().equals(b.getType()) || a.getChildren().size() != b.getChildren().size()) {
      return false;
    }
    for (int i = 0; i < a.getChildren().size(); i++) {
      if (!sameType(a.getChildren().get(i), b.getChildren().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static String describe(Field field) {
    String type = Types.name(field.getType());
    return field.getChildren().isEmpty()
        ? type
        : type + " of " + describe(field.getChildren().get(0));
  }
}
