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
 * Adds statistics of each row and all rows before it: {@code price_expanding_mean} is the mean of
 * the prices so far. Missing values, that is nulls and NaN, are no values; a statistic is null
 * where there are too few values yet.
 *
 * <p>The rows before are those of the whole input, in its order, or those of the same group. A sum
 * is exact and rounded once, the mean is that sum divided by the count; so only the last digits of
 * std depend on where the source cuts its splits, and nothing on the number of workers.
 *
 * <p>State: of each split the totals of each group that has rows in it.
 *
 * <p>Cost: a pass over the columns it reads, shared with others; a few steps a row in either pass.
 *
 * <p>Like: Spark SQL window functions; pandas {@code expanding}; feature-engine
 * ExpandingWindowFeatures (which leaves out the row itself: put a lag before this).
 *
 * @param columns numeric columns
 * @param statistics what to work out: {@code count}, {@code sum}, {@code mean}, {@code min}, {@code
 *     max}, {@code std} (default mean)
 * @param minValues how many values there must be, at least 1 (default 1)
 * @param by columns whose values make groups; all rows are one when left out
 */
public record ExpandingWindow(
    Columns columns, List<Statistic> statistics, int minValues, Columns by)
    implements Estimator<RunningTotals> {
  public ExpandingWindow {
    Objects.requireNonNull(columns, "columns");
    statistics = List.copyOf(statistics);
    Statistic.check(statistics);
    if (minValues < 1) {
      throw new IllegalArgumentException("minValues must be at least 1 but was " + minValues);
    }
  }

  /** The mean so far. */
  public ExpandingWindow(Columns columns) {
    this(columns, List.of(Statistic.MEAN), 1, null);
  }

  @Override
  public BoundEstimator<RunningTotals> bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.NUMERIC);
    List<Field> groups = Scan.by(by, binder);
    Expanded expanded =
        new Expanded(Scan.names(fields), Scan.names(groups), statistics, minValues, null);
    fields.forEach(field -> expanded.outputs(field).forEach(binder::put));
    return binder.estimator(
        () -> new RunningTotals(fields, groups, expanded.results()), expanded::with);
  }

  @Override
  public Operator forOtherRows(Transform fitted) {
    return this;
  }
}
