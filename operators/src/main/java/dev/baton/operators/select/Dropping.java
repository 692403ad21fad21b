package dev.baton.operators.select;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Transform;
import java.util.List;

/**
 * Drops columns, perhaps none; what the operators that select by the data make when they are
 * fitted.
 *
 * @param columns columns to drop
 */
record Dropping(List<String> columns) implements Transform {
  Dropping {
    columns = List.copyOf(columns);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    columns.forEach(binder::drop);
    return binder.transform(context -> batch -> columns.forEach(batch::drop));
  }
}
