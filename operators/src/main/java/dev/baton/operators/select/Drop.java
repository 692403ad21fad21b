package dev.baton.operators.select;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Drops some columns and keeps all others.
 *
 * <p>Cost: none per row.
 *
 * <p>Like: scikit-learn ColumnTransformer (drop); feature-engine DropFeatures; Ray Data
 * drop_columns.
 *
 * @param columns columns to drop
 */
public record Drop(Columns columns) implements Transform {
  @Override
  public BoundTransform bind(Binder binder) {
    List<String> names = binder.refer(columns).stream().map(Field::getName).toList();
    names.forEach(binder::drop);
    return binder.transform(context -> batch -> names.forEach(batch::drop));
  }
}
