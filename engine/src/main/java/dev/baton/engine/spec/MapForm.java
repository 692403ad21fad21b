package dev.baton.engine.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps from texts, in the order of the file. */
record MapForm(Form element) implements Form {
  @Override
  public String expects() {
    return "a map, each value " + element.expects();
  }

  @Override
  public String type() {
    return "map to " + element.type();
  }

  @Override
  public Object read(Yaml yaml, Context context) {
    if (!(yaml instanceof Yaml.Mapping mapping)) {
      throw mismatch(yaml, context);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (Yaml.Field field : mapping.fields().values()) {
      values.put(field.key(), element.read(field.value(), context.in(field.key())));
    }
    return Collections.unmodifiableMap(values);
  }

  @Override
  public Yaml write(Object value, Context context) {
    Map<String, Yaml.Field> fields = new LinkedHashMap<>();
    ((Map<?, ?>) value)
        .forEach(
            (key, item) -> {
              String name = (String) key;
              fields.put(name, Yaml.Field.of(name, element.write(item, context.in(name))));
            });
    return new Yaml.Mapping(fields, Position.NONE);
  }
}
