package dev.baton.operators.compose;

import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.compose.ColumnTransformer.Remainder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;

/** Gives each group of a {@link ColumnTransformer} its columns, under names with its prefix. */
record EnterGroups(List<String> names, List<Columns> columns, Remainder remainder)
    implements Transform {
  private record Share(String from, String to) {}

  EnterGroups {
    names = List.copyOf(names);
    columns = List.copyOf(columns);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    Map<String, List<String>> places = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String prefix = names.get(i) + "__";
      for (Field field : binder.refer(columns.get(i))) {
        places
            .computeIfAbsent(field.getName(), name -> new ArrayList<>())
            .add(prefix + field.getName());
      }
      for (Field field : binder.input().getFields()) {
        if (field.getName().startsWith(prefix)) {
          throw new BindException(
              String.format(
                  "column '%s' begins like the columns of group '%s'; rename one of the two",
                  field.getName(), names.get(i)));
        }
      }
    }
    List<Share> shares = new ArrayList<>();
    for (Field field : binder.input().getFields()) {
      List<String> wanted = places.get(field.getName());
      if (wanted == null && remainder == Remainder.DROP) {
        binder.drop(field.getName());
      } else if (wanted != null) {
        for (String to : wanted.subList(1, wanted.size())) {
          binder.read(field.getName());
          binder.put(new Field(to, field.getFieldType(), field.getChildren()));
          shares.add(new Share(field.getName(), to));
        }
      }
    }
    places.forEach((name, wanted) -> binder.rename(name, wanted.get(0)));
    List<String> dropped =
        binder.input().getFields().stream()
            .map(Field::getName)
            .filter(name -> remainder == Remainder.DROP && !places.containsKey(name))
            .toList();
    return binder.transform(
        context ->
            batch -> {
              dropped.forEach(batch::drop);
              shares.forEach(share -> batch.share(share.from, share.to, context.allocator()));
              places.forEach((name, wanted) -> batch.rename(name, wanted.get(0)));
            });
  }
}
