package dev.baton.operators.compose;

import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** What steps inside a group have in common: they see its columns only, without its prefix. */
final class InGroup {
  private InGroup() {}

  /** A step that works inside the group with that prefix. */
  static Operator of(String prefix, Operator step) {
    return step instanceof Transform transform
        ? new TransformInGroup(prefix, transform)
        : new EstimatorInGroup(prefix, (Estimator<?>) step);
  }

  /** Binds to the columns of the group. */
  static Binder enter(String prefix, Binder outer) {
    List<Field> fields = new ArrayList<>();
    for (Field field : outer.input().getFields()) {
      if (field.getName().startsWith(prefix)) {
        fields.add(named(field, field.getName().substring(prefix.length())));
      }
    }
    return new Binder(new Schema(fields), outer.inputKnown());
  }

  /** The schema outside when the group's columns are {@code inner}. */
  static Schema leave(String prefix, Schema outer, Schema inner) {
    List<Field> fields = new ArrayList<>(outer.getFields());
    fields.removeIf(field -> field.getName().startsWith(prefix));
    inner.getFields().forEach(field -> fields.add(named(field, prefix + field.getName())));
    return new Schema(fields);
  }

  private static Field named(Field field, String name) {
    return new Field(name, field.getFieldType(), field.getChildren());
  }

  static Set<String> outside(String prefix, Set<String> names) {
    return names.stream()
        .map(name -> prefix + name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  static Map<String, String> outside(String prefix, Map<String, String> renames) {
    Map<String, String> outside = new HashMap<>();
    renames.forEach((to, from) -> outside.put(prefix + to, prefix + from));
    return outside;
  }

  static void checkRows(String prefix, boolean changesRows) {
    if (changesRows) {
      throw new BindException(
          String.format(
              "rows cannot change inside group '%s', for the other groups would keep theirs; do"
                  + " that before or after",
              prefix.replaceFirst("__$", "")));
    }
  }

  /** What a step is called: the group and its own name. */
  static String label(String prefix, Operator step) {
    return prefix.replaceFirst("__$", "") + ": " + step.label();
  }
}
