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
 * Adds columns with the values of an earlier or a later row: {@code price_lag_1} is the price one
 * row before, {@code price_lead_2} that two rows after. Where there is no such row it is null.
 *
 * <p>Rows are counted over the whole input, in its order, or among those of the same group.
 *
 * <p>State: of each split the last values of each group; for a lead, of each batch the first ones.
 *
 * <p>Cost: a pass over the columns it reads, shared with others; a few steps a row in either pass.
 *
 * <p>Like: NVTabular DifferenceLag (which gives the difference); feature-engine LagFeatures.
 *
 * @param columns number, text, bool, date and timestamp columns
 * @param rows how many rows before; negative for rows after (default 1)
 * @param by columns whose values make groups; all rows are one when left out
 */
public record Lag(Columns columns, int rows, Columns by) implements Estimator<Tails> {
  public Lag {
    Objects.requireNonNull(columns, "columns");
    check(rows);
  }

  /** The values one row before. */
  public Lag(Columns columns) {
    this(columns, 1, null);
  }

  static void check(int rows) {
    if (rows == 0 || rows == Integer.MIN_VALUE) {
      throw new IllegalArgumentException(
          "rows must be a number of rows before, or after if negative, but was " + rows);
    }
  }

  @Override
  public BoundEstimator<Tails> bind(Binder binder) {
    List<Field> fields = binder.read(columns, RowKeys.types());
    List<Field> groups = Scan.by(by, binder);
    Shifted shifted =
        new Shifted(Scan.names(fields), Scan.names(groups), rows, Shifted.Kind.LAG, null);
    fields.forEach(field -> binder.put(shifted.output(field)));
    return binder.estimator(() -> new Tails(shifted.scan(fields, groups)), shifted::with);
  }

  @Override
  public Operator forOtherRows(Transform fitted) {
    return this;
  }
}
