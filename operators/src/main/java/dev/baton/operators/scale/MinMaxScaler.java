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
 * Moves the smallest value of each column to {@code min} and the largest to {@code max}. The
 * columns become float64.
 *
 * <p>Nulls and NaN are not observed and stay what they are. An infinite value is an error when
 * fitting. A constant column (smallest and largest less than 2.2e-15 apart) goes to {@code min}. A
 * column without any value gives NaN for values that come later.
 *
 * <p>State: the smallest and the largest value of each column.
 *
 * <p>Cost: one pass over each column to fit, one to transform.
 *
 * <p>Like: scikit-learn MinMaxScaler; Spark ML MinMaxScaler (a constant column goes to the middle);
 * NVTabular NormalizeMinMax; Ray Data MinMaxScaler.
 *
 * @param columns numeric columns to scale
 * @param min what the smallest value becomes
 * @param max what the largest value becomes; more than {@code min}
 * @param clip whether values outside the range seen when fitting become {@code min} or {@code max}
 */
public record MinMaxScaler(Columns columns, double min, double max, boolean clip)
    implements Estimator<Extremes> {
  public MinMaxScaler {
    if (!(min < max) || Double.isInfinite(min) || Double.isInfinite(max)) {
      throw new IllegalArgumentException(
          "min and max must be finite and min the smaller, but were " + min + " and " + max);
    }
  }

  /** Scales to 0 … 1 and does not clip. */
  public MinMaxScaler(Columns columns) {
    this(columns, 0, 1, false);
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
      double range = extremes.most(i) - extremes.least(i);
      double factor = (max - min) / Linear.divisor(range);
      lines.add(new Linear.Column(names.get(i), extremes.least(i), factor, min));
    }
    return clip ? new Linear(lines, min, max) : new Linear(lines);
  }
}
