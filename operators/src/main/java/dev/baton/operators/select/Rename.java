package dev.baton.operators.select;

import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives columns other names, all at once: {@code {a: b, b: c}} makes the old a the new b. Columns
 * keep their places.
 *
 * <p>Cost: none per row.
 *
 * <p>Like: pandas rename; NVTabular Rename.
 *
 * @param columns the new name by the old one; a new name must not belong to a column that keeps it
 */
public record Rename(Map<String, String> columns) implements Transform {
  public Rename {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("columns must name at least one column");
    }
    if (new HashSet<>(columns.values()).size() < columns.size()) {
      throw new IllegalArgumentException("two columns would get the same name: " + columns);
    }
    inOrder(columns);
  }

  /** The old names such that each new name is free when its turn comes. */
  private static List<String> inOrder(Map<String, String> columns) {
    List<String> order = new ArrayList<>();
    List<String> left = new ArrayList<>(columns.keySet());
    left.removeIf(name -> name.equals(columns.get(name)));
    while (!left.isEmpty()) {
      String next =
          left.stream().filter(name -> !left.contains(columns.get(name))).findFirst().orElse(null);
      if (next == null) {
        throw new IllegalArgumentException(
            "columns would swap their names: " + left + "; rename one of them in an earlier stage");
      }
      left.remove(next);
      order.add(next);
    }
    return order;
  }

  @Override
  public BoundTransform bind(Binder binder) {
    binder.refer(new Columns.Named(List.copyOf(columns.keySet())));
    columns.forEach(
        (from, to) -> {
          if (!columns.containsKey(to) && Columns.findOrNull(binder.input(), to) != null) {
            throw new BindException(
                String.format(
                    "column '%s' cannot become '%s', which exists already; drop that first",
                    from, to));
          }
        });
    List<String> order = inOrder(columns);
    order.forEach(from -> binder.rename(from, columns.get(from)));
    return binder.transform(
        context -> batch -> order.forEach(from -> batch.rename(from, columns.get(from))));
  }
}
