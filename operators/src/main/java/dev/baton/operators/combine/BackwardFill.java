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
 * Replaces what is missing, that is nulls and NaN, by the first value after it, in the order of the
 * input, or among the rows of the same group. What has none after it becomes null.
 *
 * <p>State: of each batch the first value of each column and group.
 *
 * <p>Cost: a pass over the columns it reads, shared with others; a few steps a row in either pass.
 *
 * <p>Like: Spark SQL {@code first} with {@code ignoreNulls}; pandas {@code bfill}.
 *
 * @param columns number, text, bool, date and timestamp columns
 * @param by columns whose values make groups; all rows are one when left out
 */
public record BackwardFill(Columns columns, Columns by) implements Estimator<Tails> {
  public BackwardFill {
    Objects.requireNonNull(columns, "columns");
  }

  /** Fills from any row after. */
  public BackwardFill(Columns columns) {
    this(columns, null);
  }

  @Override
  public BoundEstimator<Tails> bind(Binder binder) {
    List<Field> fields = binder.read(columns, RowKeys.types());
    List<Field> groups = Scan.by(by, binder);
    Filled filled = new Filled(Scan.names(fields), Scan.names(groups), true, null);
    fields.forEach(binder::put);
    return binder.estimator(() -> new Tails(filled.scan(fields, groups)), filled::with);
  }

  @Override
  public Operator forOtherRows(Transform fitted) {
    return this;
  }
}
