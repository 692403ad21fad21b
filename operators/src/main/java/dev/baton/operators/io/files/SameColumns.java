package dev.baton.operators.io.files;

import dev.baton.engine.batch.Types;
import dev.baton.engine.source.OpenSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** What the columns of several files have in common, and where they differ. */
final class SameColumns {
  private SameColumns() {}

  /**
   * The columns of the first file, of types that fit all files, for formats whose types are only
   * guessed: integers and floats are floats, other types together text.
   */
  static Schema widened(List<OpenSource> files) {
    Map<String, Field> fields = new LinkedHashMap<>();
    Map<String, Boolean> seen = new LinkedHashMap<>();
    for (Field field : files.get(0).schema().getFields()) {
      fields.put(field.getName(), field);
    }
    for (OpenSource file : files) {
      for (Field field : file.schema().getFields()) {
        String name = field.getName();
        if (!fields.containsKey(name) || isWithoutValues(file, name)) {
          continue;
        }
        Field known = Boolean.TRUE.equals(seen.put(name, true)) ? fields.get(name) : field;
        fields.put(name, widened(known, field));
      }
    }
    return new Schema(new ArrayList<>(fields.values()));
  }

  private static boolean isWithoutValues(OpenSource file, String column) {
    return file instanceof Guessed guessed && guessed.withoutValues().contains(column);
  }

  private static Field widened(Field a, Field b) {
    ArrowType one = a.getType();
    ArrowType other = b.getType();
    if (one.equals(other) || !isPlain(one) || !isPlain(other)) {
      return a;
    }
    boolean numbers = isNumber(one) && isNumber(other);
    return Types.field(a.getName(), numbers ? Types.FLOAT64 : Types.UTF8);
  }

  private static boolean isPlain(ArrowType type) {
    return Types.names().contains(Types.name(type));
  }

  private static boolean isNumber(ArrowType type) {
    return type.equals(Types.INT64) || type.equals(Types.FLOAT64);
  }

  /** All ways in which a file differs from what is expected, a line each. */
  static List<String> differences(String file, Schema expected, Schema found) {
    List<String> lines = new ArrayList<>();
    Map<String, Field> there = new LinkedHashMap<>();
    found.getFields().forEach(field -> there.put(field.getName(), field));
    for (Field field : expected.getFields()) {
      Field other = there.remove(field.getName());
      String column = file + ": column '" + field.getName() + "': expected " + describe(field);
      if (other == null) {
        lines.add(column + " but it is missing");
      } else if (!isSame(field, other)) {
        lines.add(column + " but found " + describe(other));
      }
    }
    there
        .values()
        .forEach(
            extra ->
                lines.add(
                    String.format(
                        "%s: column '%s': expected none but found %s",
                        file, extra.getName(), describe(extra))));
    return lines;
  }

  /** Whether both have the same columns of the same types; order and nullability do not matter. */
  static boolean isSame(Schema a, Schema b) {
    return differences("", a, b).isEmpty();
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

  private static String describe(Field field) {
    String type = Types.name(field.getType());
    List<Field> children = field.getChildren();
    if (children.isEmpty()) {
      return type;
    }
    return type + " of " + String.join(", ", children.stream().map(SameColumns::describe).toList());
  }

  /** Columns of several files, any of which may have nulls. */
  static List<Field> nullable(Schema schema) {
    return schema.getFields().stream()
        .map(f -> new Field(f.getName(), FieldType.nullable(f.getType()), f.getChildren()))
        .toList();
  }
}
