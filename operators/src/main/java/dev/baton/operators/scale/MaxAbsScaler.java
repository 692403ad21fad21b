package dev.baton.operators.scale;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Doubles;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides each column by its largest absolute value, so that it lies within -1 … 1 and zero stays
 * zero. The columns become float64.
 *
 * <p>Nulls and NaN are not observed and stay what they are. An infinite value is an error when
 * fitting. A column of nothing but zeros (largest absolute value below 2.2e-15) is divided by 1. A
 * column without any value gives NaN for values that come later.
 *
 * <p>State: the smallest and the largest value of each column.
 *
 * <p>Cost: one pass over each column to fit, one to transform.
 *
 * <p>Like: scikit-learn MaxAbsScaler; Spark ML MaxAbsScaler; Ray Data MaxAbsScaler.
 *
 * @param columns numeric columns to scale
 * @param clip whether values that are larger than any seen when fitting become -1 or 1
 */
public record MaxAbsScaler(Columns columns, boolean clip) implements Estimator<Extremes> {
  /** Does not clip. */
  public MaxAbsScaler(Columns columns) {
    this(columns, false);
  }

  @Override
  public BoundEstimator<Extremes> bind(Binder binder) {
    List<String> names = Doubles.replace(binder, columns);
    binder.looksThroughFills();
    return binder.estimator(() -> new Extremes(names), extremes -> finish(names, extremes));
  }

  private Transform finish(List<String> names, Extremes extremes) {
    List<Linear.Column> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      double most = Math.max(Math.abs(extremes.least(i)), Math.abs(extremes.most(i)));
      lines.add(new Linear.Column(names.get(i), 0, 1 / Linear.divisor(most), 0));
    }
    return clip ? new Linear(lines, -1, 1) : new Linear(lines);
  }
}
