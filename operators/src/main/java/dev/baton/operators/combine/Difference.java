package dev.baton.operators.combine;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Adds float64 columns with the difference to an earlier or a later row: {@code price_diff_1} is
 * the price less that one row before. It is null where one of the two is missing, that is null or
 * NaN, or there is no such row.
 *
 * <p>Rows are counted over the whole input, in its order, or among those of the same group.
 *
 * <p>State: of each split the last values of each group; for later rows, of each batch the first.
 *
 * <p>Cost: a pass over the columns it reads, shared with others; a few steps a row in either pass.
 *
 * <p>Like: NVTabular DifferenceLag.
 *
 * @param columns numeric columns
 * @param rows how many rows before; negative for rows after (default 1)
 * @param by columns whose values make groups; all rows are one when left out
 */
public record Difference(Columns columns, int rows, Columns by) implements Estimator<Tails> {
  public Difference {
    Objects.requireNonNull(columns, "columns");
    Lag.check(rows);
  }

  /** The difference to the row before. */
  public Difference(Columns columns) {
    this(columns, 1, null);
  }

  @Override
  public BoundEstimator<Tails> bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.NUMERIC);
    List<Field> groups = Scan.by(by, binder);
    Shifted shifted =
        new Shifted(Scan.names(fields), Scan.names(groups), rows, Shifted.Kind.DIFFERENCE, null);
    fields.forEach(field -> binder.put(shifted.output(field)));
    return binder.estimator(() -> new Tails(shifted.scan(fields, groups)), shifted::with);
  }

  @Override
  public Operator forOtherRows(Transform fitted) {
    return this;
  }
}
