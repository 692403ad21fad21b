package dev.baton.operators.select;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.EitherState;
import dev.baton.operators.scale.Extremes;
import dev.baton.operators.scale.Moments;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Drops columns whose variance (of the population) is not above a threshold; with a threshold of 0,
 * those whose values are all equal, exactly.
 *
 * <p>Nulls and NaN are not observed; a column without any value is dropped. An infinite value is an
 * error when fitting.
 *
 * <p>State: three numbers per column; for a threshold of 0 two.
 *
 * <p>Cost: one pass over each column to fit, none to transform.
 *
 * <p>Like: scikit-learn VarianceThreshold (an error when no column is left); Spark ML
 * VarianceThresholdSelector (variance of a sample).
 *
 * @param columns numeric columns to choose among
 * @param threshold columns whose variance is more than this are kept; 0 or more
 */
public record VarianceThreshold(Columns columns, double threshold)
    implements Estimator<EitherState> {
  public VarianceThreshold {
    if (!(threshold >= 0)) {
      throw new IllegalArgumentException("threshold must be 0 or more but was " + threshold);
    }
  }

  /** Drops columns whose values are all equal. */
  public VarianceThreshold(Columns columns) {
    this(columns, 0);
  }

  @Override
  public BoundEstimator<EitherState> bind(Binder binder) {
    List<String> names =
        binder.read(columns, TypeFamily.NUMERIC).stream().map(Field::getName).toList();
    names.forEach(binder::mayDrop);
    binder.looksThroughFills();
    return binder.estimator(
        () -> new EitherState(threshold == 0 ? new Extremes(names) : new Moments(names)),
        state -> finish(names, state));
  }

  private Transform finish(List<String> names, EitherState state) {
    return new Dropping(
        IntStream.range(0, names.size())
            .filter(i -> !varies(state, i))
            .mapToObj(names::get)
            .toList());
  }

  private boolean varies(EitherState state, int column) {
    if (threshold == 0) {
      Extremes extremes = state.as(Extremes.class);
      return extremes.least(column) < extremes.most(column);
    }
    return state.as(Moments.class).variance(column, 0) > threshold;
  }
}
