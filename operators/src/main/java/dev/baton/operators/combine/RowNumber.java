package dev.baton.operators.combine;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Adds an int64 column that numbers the rows in the order of the input, all together or those of
 * each group from the beginning.
 *
 * <p>State: the rows of each split, or of each group in each split.
 *
 * <p>Cost: a pass over the columns that make groups, shared with others; a step a row in either.
 *
 * <p>Like: Spark SQL {@code row_number}; pandas {@code cumcount} (from 0).
 *
 * @param column the name of the new column
 * @param first the number of the first row (default 1, as in SQL)
 * @param by columns whose values make groups; all rows are one when left out
 */
public record RowNumber(String column, long first, Columns by) implements Estimator<RunningTotals> {
  public RowNumber {
    Objects.requireNonNull(column, "column");
  }

  /** Numbers all rows from 1. */
  public RowNumber(String column) {
    this(column, 1, null);
  }

  /** No statistic is wanted of any column. */
  static Results nothing() {
    return new Results(List.of(), 1);
  }

  @Override
  public BoundEstimator<RunningTotals> bind(Binder binder) {
    List<Field> groups = Scan.by(by, binder);
    binder.put(Types.field(column, Types.INT64));
    Numbered numbered = new Numbered(column, first, Scan.names(groups), null);
    return binder.estimator(() -> new RunningTotals(List.of(), groups, nothing()), numbered::with);
  }

  @Override
  public Operator forOtherRows(Transform fitted) {
    return this;
  }
}
