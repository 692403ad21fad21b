package dev.baton.operators.combine;

import dev.baton.engine.operator.BindException;
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
 * Drops rows whose values in some columns all occurred in an earlier row, in the order of the
 * input: of equal rows the first stays. Exact. Two nulls are equal, and two NaNs; 0.0 equals -0.0.
 *
 * <p>State: the different keys, 40 bytes each and more for long texts, until it is fitted; then a
 * bit for each row.
 *
 * <p>Cost: a pass over these columns, shared with others, with a search a row; then next to
 * nothing.
 *
 * <p>Like: Spark SQL {@code dropDuplicates} (which keeps any one); pandas {@code drop_duplicates}.
 *
 * @param columns number, text, bool, date and timestamp columns (default all)
 */
public record Deduplicate(Columns columns) implements Estimator<FirstRows> {
  public Deduplicate {
    Objects.requireNonNull(columns, "columns");
  }

  /** Drops rows that are equal in all columns. */
  public Deduplicate() {
    this(Columns.all());
  }

  @Override
  public BoundEstimator<FirstRows> bind(Binder binder) {
    List<Field> fields = binder.read(columns, RowKeys.types());
    if (fields.isEmpty()) {
      throw new BindException("columns selects no column to find duplicates by");
    }
    binder.changesRows();
    return binder.estimator(() -> new FirstRows(fields), FirstRows::keep);
  }

  @Override
  public Operator forOtherRows(Transform fitted) {
    return this;
  }
}
