package dev.baton.operators.combine;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.RowKeys;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces what is missing, that is nulls and NaN, by the last value before it, in the order of the
 * input, or among the rows of the same group. What has none before it becomes null.
 *
 * <p>State: of each split the last value of each column and group.
 *
 * <p>Cost: a pass over the columns it reads, shared with others; a few steps a row in either pass.
 *
 * <p>Like: Spark SQL {@code last} with {@code ignoreNulls}; pandas {@code ffill}.
 *
 * @param columns number, text, bool, date and timestamp columns
 * @param by columns whose values make groups; all rows are one when left out
 */
public record ForwardFill(Columns columns, Columns by) implements Estimator<Tails> {
  public ForwardFill {
    Objects.requireNonNull(columns, "columns");
  }

  /** Fills from any row before. */
  public ForwardFill(Columns columns) {
    this(columns, null);
  }

  @Override
  public BoundEstimator<Tails> bind(Binder binder) {
    List<Field> fields = binder.read(columns, RowKeys.types());
    List<Field> groups = Scan.by(by, binder);
    Filled filled = new Filled(Scan.names(fields), Scan.names(groups), false, null);
    fields.forEach(binder::put);
    return binder.estimator(() -> new Tails(filled.scan(fields, groups)), filled::with);
  }

  @Override
  public Operator forOtherRows(Transform fitted) {
    return this;
  }
}
