package dev.baton.engine.spec;

import dev.baton.engine.batch.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Records: maps from the names of their components. */
record RecordForm(RecordShape shape) implements Form {
  @Override
  public String expects() {
    return shape.parts().isEmpty() ? "an empty map" : "a map of " + String.join(", ", shape.keys());
  }

  @Override
  public Object read(Yaml yaml, Context context) {
    return read(yaml, yaml.at(), context);
  }

  /**
   * The record a user wrote.
   *
   * @param at where to report what concerns the record as a whole
   */
  Object read(Yaml yaml, Position at, Context context) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (yaml instanceof Yaml.Mapping mapping) {
      for (Yaml.Field field : mapping.fields().values()) {
        Part part = part(field, context);
        values.put(part.name(), value(part, field, context.in(field.key())));
      }
    } else if (!(yaml instanceof Yaml.Scalar scalar) || !scalar.isNull()) {
      throw mismatch(yaml, context);
    }
    List<String> missing =
        shape.parts().stream()
            .filter(part -> part.required() && !values.containsKey(part.name()))
            .map(part -> "'" + part.key() + "'")
            .toList();
    if (!missing.isEmpty()) {
      String keys = missing.size() == 1 ? "key " : "keys ";
      throw context.error(at, "missing required " + keys + String.join(", ", missing));
    }
    try {
      return shape.build(values);
    } catch (RuntimeException e) {
      throw context.error(at, e);
    }
  }

  private Part part(Yaml.Field field, Context context) {
    for (Part part : shape.parts()) {
      if (part.key().equals(field.key())) {
        return part;
      }
    }
    throw context.error(
        field.at(), "unknown key '" + field.key() + "'" + Names.hint(field.key(), shape.keys()));
  }

  private static Object value(Part part, Yaml.Field field, Context context) {
    Form form = part.form();
    if (field.value() instanceof Yaml.Scalar scalar && scalar.isNull()) {
      boolean constant = form instanceof EnumForm choice && choice.find(scalar.text()) != null;
      if (!constant && part.nullable(context) && !scalar.text().isEmpty()) {
        return null;
      }
    }
    return form.read(field.value(), context);
  }

  /** Only what differs from the defaults, unless everything is to be said. */
  @Override
  public Yaml write(Object value, Context context) {
    Map<String, Object> values = shape.values(value);
    Object base = context.complete() ? null : shape.base(values);
    Map<String, Object> defaults = base == null ? Map.of() : shape.values(base);
    Map<String, Yaml.Field> fields = new LinkedHashMap<>();
    for (Part part : shape.parts()) {
      Object mine = values.get(part.name());
      boolean hasDefault = !part.required() && defaults.containsKey(part.name());
      Object usual = defaults.get(part.name());
      if (hasDefault && Objects.equals(mine, usual)) {
        continue;
      }
      Context inside = context.in(part.key());
      Yaml written = written(part, mine, inside);
      // Some types, such as Pattern, know no equality.
      if (!hasDefault || usual == null || !written.equals(written(part, usual, inside))) {
        fields.put(part.key(), Yaml.Field.of(part.key(), written));
      }
    }
    return new Yaml.Mapping(fields, Position.NONE);
  }

  private static Yaml written(Part part, Object value, Context context) {
    if (value != null) {
      return part.form().write(value, context);
    }
    if (!part.nullable(context)) {
      throw context.unwritable("is null, which a file cannot say for a required key");
    }
    return Yaml.Scalar.none();
  }
}
