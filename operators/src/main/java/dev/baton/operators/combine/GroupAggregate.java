package dev.baton.operators.combine;

import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.TypeFamily;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Adds to each row the statistics of its group, over all rows seen when fitting: {@code
 * price_mean_by_shop} is the mean price in the shop of the row. Missing values, that is nulls and
 * NaN, are no values; a null in the columns that make groups is a value like any other. Rows of a
 * group not seen when fitting get nulls.
 *
 * <p>Sums are exact and rounded once, the mean is that sum divided by the count.
 *
 * <p>State: for each group its key and about 150 bytes for each column.
 *
 * <p>Cost: fit a few steps a row; transform one search a row.
 *
 * <p>Like: NVTabular JoinGroupby; pandas {@code groupby().transform()}.
 *
 * @param columns numeric columns
 * @param by columns whose values make groups
 * @param statistics what to work out: {@code count}, {@code sum}, {@code mean}, {@code min}, {@code
 *     max}, {@code std} (default mean)
 */
public record GroupAggregate(Columns columns, Columns by, List<Statistic> statistics)
    implements Estimator<Totals> {
  public GroupAggregate {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(by, "by");
    statistics = List.copyOf(statistics);
    Statistic.check(statistics);
  }

  /** The mean of the group. */
  public GroupAggregate(Columns columns, Columns by) {
    this(columns, by, List.of(Statistic.MEAN));
  }

  @Override
  public BoundEstimator<Totals> bind(Binder binder) {
    List<Field> groups = Scan.by(by, binder);
    List<Field> fields = binder.read(columns, TypeFamily.NUMERIC);
    if (groups.stream().anyMatch(fields::contains)) {
      throw new BindException("columns and by must not share a column; give columns by name");
    }
    fields.forEach(field -> Grouped.outputs(field, groups, statistics).forEach(binder::put));
    return binder.estimator(
        () -> new Totals(fields, groups, new Results(statistics, 0)),
        totals -> Grouped.of(fields, groups, statistics, totals));
  }
}
