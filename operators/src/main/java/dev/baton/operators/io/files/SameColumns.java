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

/** What the columns of several files have in common. */
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

  /** Columns of several files, any of which may have nulls. */
  static List<Field> nullable(Schema schema) {
    return schema.getFields().stream()
        .map(f -> new Field(f.getName(), FieldType.nullable(f.getType()), f.getChildren()))
        .toList();
  }
}
