package dev.baton.engine.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists, and sets when {@code distinct}. */
record ListForm(Form element, boolean distinct) implements Form {
  @Override
  public String expects() {
    return "a list, each " + element.expects();
  }

  @Override
  public String type() {
    return "list of " + element.type();
  }

  @Override
  public Object read(Yaml yaml, Context context) {
    if (!(yaml instanceof Yaml.Sequence sequence)) {
      throw mismatch(yaml, context);
    }
    List<Object> values = new ArrayList<>();
    Set<Object> seen = new LinkedHashSet<>();
    for (Yaml item : sequence.items()) {
      Object value = element.read(item, context.item(values.size()));
      if (!seen.add(value) && distinct) {
        throw context.item(values.size()).error(item.at(), item.found() + " is there twice");
      }
      values.add(value);
    }
    return distinct ? Collections.unmodifiableSet(seen) : List.copyOf(values);
  }

  @Override
  public Yaml write(Object value, Context context) {
    List<Yaml> items = new ArrayList<>();
    for (Object item : (Collection<?>) value) {
      items.add(element.write(item, context.item(items.size())));
    }
    return new Yaml.Sequence(items, Position.NONE);
  }
}
