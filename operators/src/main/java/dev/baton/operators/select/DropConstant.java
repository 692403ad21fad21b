package dev.baton.operators.select;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Drops columns in which one value makes up (nearly) all rows.
 *
 * <p>Missing values, that is nulls and NaN, are together one value more. -0.0 is 0.0. When there
 * are no rows, nothing is dropped.
 *
 * <p>State: for a share of 1 the first two distinct values of each column; else each distinct value
 * and how often it occurs.
 *
 * <p>Cost: one table look-up per value to fit, until it is clear that a column stays; none to
 * transform.
 *
 * <p>Like: feature-engine DropConstantFeatures (tol; refuses missing values by default).
 *
 * @param columns columns to choose among: numeric, text, boolean, dates and timestamps
 * @param share the share of rows from which on a value counts as all, above 0 and up to 1
 */
public record DropConstant(Columns columns, double share) implements Estimator<Commonest> {
  public DropConstant {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be above 0 and up to 1 but was " + share);
    }
  }

  /** Drops columns that have one value only. */
  public DropConstant(Columns columns) {
    this(columns, 1);
  }

  @Override
  public BoundEstimator<Commonest> bind(Binder binder) {
    List<Field> fields =
        binder.read(
            columns, TypeFamily.NUMERIC, TypeFamily.TEXT, TypeFamily.BOOLEAN, TypeFamily.TEMPORAL);
    fields.forEach(field -> binder.mayDrop(field.getName()));
    return binder.estimator(
        () -> new Commonest(fields, share == 1), state -> finish(fields, state));
  }

  private Transform finish(List<Field> fields, Commonest state) {
    return new Dropping(
        IntStream.range(0, fields.size())
            .filter(i -> state.rows() > 0 && state.count(i) >= share * state.rows())
            .mapToObj(i -> fields.get(i).getName())
            .toList());
  }
}
