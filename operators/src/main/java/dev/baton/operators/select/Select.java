package dev.baton.operators.select;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Keeps some columns and drops all others.
 *
 * <p>Cost: none per row.
 *
 * <p>Like: scikit-learn ColumnTransformer (passthrough); Spark ML VectorSlicer; NVTabular column
 * selection.
 *
 * @param columns columns to keep; a list of names also sets their order
 */
public record Select(Columns columns) implements Transform {
  @Override
  public BoundTransform bind(Binder binder) {
    List<String> names = binder.refer(columns).stream().map(Field::getName).toList();
    binder.retain(names);
    return binder.transform(context -> batch -> batch.retain(names));
  }
}
