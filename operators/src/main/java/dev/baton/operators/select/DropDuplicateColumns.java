package dev.baton.operators.select;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Drops columns that have the same type and in every row the same value as an earlier one of {@code
 * columns}, nulls included. All NaNs are equal; -0.0 and 0.0 differ. When there are no rows,
 * nothing is dropped.
 *
 * <p>State: one digest of 61 bits and the number of rows per column. That two different columns are
 * taken for equal by chance is less likely than one in 10^11, for a million rows.
 *
 * <p>Cost: one hash per value to fit, none to transform.
 *
 * <p>Like: feature-engine DropDuplicateFeatures (compares pairs of columns).
 *
 * @param columns columns to choose among, of any type that has a digest
 */
public record DropDuplicateColumns(Columns columns) implements Estimator<ColumnDigests> {
  @Override
  public BoundEstimator<ColumnDigests> bind(Binder binder) {
    List<Field> fields = binder.read(columns);
    fields.forEach(field -> binder.mayDrop(field.getName()));
    return binder.estimator(() -> new ColumnDigests(fields), state -> finish(fields, state));
  }

  private static Transform finish(List<Field> fields, ColumnDigests state) {
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      for (int earlier = 0; earlier < i; earlier++) {
        if (state.of(i).rows() > 0 && state.of(i).equals(state.of(earlier))) {
          dropped.add(fields.get(i).getName());
          break;
        }
      }
    }
    return new Dropping(dropped);
  }
}
