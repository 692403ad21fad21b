package dev.baton.operators.combine;

import dev.baton.engine.batch.Types;
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
 * Adds an int64 column that numbers runs of equal rows, from 0: the number grows by one where a
 * value of some columns differs from that of the row before. Two nulls are equal, and two NaNs.
 *
 * <p>State: of each split the values of its first and last row and the number of changes.
 *
 * <p>Cost: a pass over these columns, shared with others, with a search a row; then the same again.
 *
 * <p>Like: data.table {@code rleid}.
 *
 * @param columns number, text, bool, date and timestamp columns
 * @param column the name of the new column
 */
public record RunningId(Columns columns, String column) implements Estimator<Runs> {
  public RunningId {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(column, "column");
  }

  @Override
  public BoundEstimator<Runs> bind(Binder binder) {
    List<Field> fields = binder.read(columns, RowKeys.types());
    binder.put(Types.field(column, Types.INT64));
    return binder.estimator(
        () -> new Runs(fields),
        runs -> new RunsNumbered(Scan.names(fields), column, runs.firstIds()));
  }

  @Override
  public Operator forOtherRows(Transform fitted) {
    return this;
  }
}
