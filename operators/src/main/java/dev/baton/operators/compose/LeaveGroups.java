package dev.baton.operators.compose;

import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;

/** Puts what the groups of a {@link ColumnTransformer} leave behind into order. */
record LeaveGroups(List<String> names, boolean prefix) implements Transform {
  LeaveGroups {
    names = List.copyOf(names);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    Map<String, String> renames = new LinkedHashMap<>();
    List<String> rest =
        new ArrayList<>(binder.input().getFields().stream().map(Field::getName).toList());
    for (String name : names) {
      for (Field field : binder.input().getFields()) {
        if (field.getName().startsWith(name + "__")) {
          String bare = field.getName().substring(name.length() + 2);
          rest.remove(field.getName());
          renames.put(field.getName(), prefix ? field.getName() : bare);
        }
      }
    }
    List<String> order = new ArrayList<>(renames.values());
    order.addAll(rest);
    for (String column : order) {
      if (order.indexOf(column) != order.lastIndexOf(column)) {
        throw new BindException(
            String.format(
                "two groups, or a group and the rest, leave behind a column '%s'; set prefix, or"
                    + " rename it in one of them",
                column));
      }
    }
    List<String> kept = new ArrayList<>(renames.keySet());
    kept.addAll(rest);
    binder.retain(kept);
    renames.forEach(binder::rename);
    return binder.transform(
        context ->
            batch -> {
              renames.forEach(batch::rename);
              batch.retain(order);
            });
  }
}
