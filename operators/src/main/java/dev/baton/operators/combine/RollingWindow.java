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
 * Adds statistics of each row and the rows before it, {@code rows} in all: {@code
 * price_rolling_mean_7} is the mean of the last seven prices. Missing values, that is nulls and
 * NaN, are rows of the window but no values; a statistic is null where the window has too few of
 * them.
 *
 * <p>Rows are counted over the whole input, in its order, or among those of the same group. A sum
 * is that of exactly the values in the window, rounded once; the mean is that sum divided by their
 * count.
 *
 * <p>State: of each split the last {@code rows} values of each group.
 *
 * <p>Cost: a pass over the columns it reads, shared with others; then a few steps a row for count,
 * sum and mean, and one for each row of the window for min, max and std.
 *
 * <p>Like: Spark SQL window functions; pandas {@code rolling}; feature-engine WindowFeatures (which
 * leaves out the row itself: put a lag before this).
 *
 * @param columns numeric columns
 * @param rows the length of the window, at least 1
 * @param statistics what to work out: {@code count}, {@code sum}, {@code mean}, {@code min}, {@code
 *     max}, {@code std} (default mean)
 * @param minValues how many values a window must have (default all {@code rows}, written 0)
 * @param by columns whose values make groups; all rows are one when left out
 */
public record RollingWindow(
    Columns columns, int rows, List<Statistic> statistics, int minValues, Columns by)
    implements Estimator<Tails> {
  public RollingWindow {
    Objects.requireNonNull(columns, "columns");
    statistics = List.copyOf(statistics);
    Statistic.check(statistics);
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be at least 1 but was " + rows);
    }
    if (minValues < 0 || minValues > rows) {
      throw new IllegalArgumentException(
          "minValues must be from 0 to rows, " + rows + ", but was " + minValues);
    }
  }

  /** The mean of full windows. */
  public RollingWindow(Columns columns, int rows) {
    this(columns, rows, List.of(Statistic.MEAN), 0, null);
  }

  @Override
  public BoundEstimator<Tails> bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.NUMERIC);
    List<Field> groups = Scan.by(by, binder);
    int least = minValues == 0 ? rows : minValues;
    Rolled rolled =
        new Rolled(Scan.names(fields), Scan.names(groups), rows, statistics, least, null);
    fields.forEach(field -> rolled.outputs(field).forEach(binder::put));
    return binder.estimator(() -> new Tails(rolled.scan(fields, groups)), rolled::with);
  }

  @Override
  public Operator forOtherRows(Transform fitted) {
    return this;
  }
}
