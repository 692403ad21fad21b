package dev.baton.operators.math;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.EitherState;
import dev.baton.operators.internal.Values;
import dev.baton.operators.scale.Moments;
import dev.baton.operators.scale.QuantileMethod;
import dev.baton.operators.scale.Quantiles;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves outliers to bounds learnt from the data. The columns become float64.
 *
 * <p>Nulls and NaN are not observed and stay what they are; an infinite value is an error when
 * fitting and is moved to its bound when transforming. A column without any value has no bounds.
 *
 * <p>State: for {@code gaussian} the mean and variance of each column; else all its values within
 * 256 MiB for all columns, and a deterministic sample of that size beyond it.
 *
 * <p>Cost: one pass to fit, then linear time to select quantiles; one pass to transform.
 *
 * <p>Like: feature-engine Winsorizer (caps the right tail by default; also by the median absolute
 * deviation).
 *
 * @param columns numeric columns
 * @param method where the bounds lie: {@code gaussian}, {@code fold} standard deviations (of a
 *     sample) from the mean; {@code iqr}, {@code fold} times the distance of the quartiles beyond
 *     them; {@code quantiles}, at the quantiles {@code fold} and {@code 1 - fold}
 * @param tails which tails to cap: {@code both}, {@code left} or {@code right}
 * @param fold how far out the bounds lie; 0 stands for 3, 1.5 or 0.05, by method
 */
public record Winsorizer(Columns columns, Method method, Tails tails, double fold)
    implements Estimator<EitherState> {
  /** Where bounds lie. */
  public enum Method {
    GAUSSIAN,
    IQR,
    QUANTILES
  }

  /** Which tails of a distribution. */
  public enum Tails {
    BOTH,
    LEFT,
    RIGHT
  }

  public Winsorizer {
    if (!(fold >= 0) || Double.isInfinite(fold)) {
      throw new IllegalArgumentException("fold must be 0 or more but was " + fold);
    }
    if (method == Method.QUANTILES && fold >= 0.5) {
      throw new IllegalArgumentException("fold must be a quantile below 0.5 but was " + fold);
    }
  }

  /** Caps both tails at three standard deviations from the mean. */
  public Winsorizer(Columns columns) {
    this(columns, Method.GAUSSIAN, Tails.BOTH, 0);
  }

  @Override
  public BoundEstimator<EitherState> bind(Binder binder) {
    List<String> names = Doubles.replace(binder, columns);
    return binder.estimator(
        () ->
            new EitherState(
                method == Method.GAUSSIAN
                    ? new Moments(names)
                    : new Quantiles(names, Quantiles.MEMORY)),
        state -> finish(names, state));
  }

  private Transform finish(List<String> names, EitherState state) {
    List<Capping.Column> bounds = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      double[] bound =
          method == Method.GAUSSIAN
              ? gaussian(state.as(Moments.class), i)
              : quantiles(state.as(Quantiles.class).of(i));
      boolean left = tails != Tails.RIGHT && !Double.isNaN(bound[0]);
      boolean right = tails != Tails.LEFT && !Double.isNaN(bound[1]);
      bounds.add(
          new Capping.Column(
              names.get(i),
              left ? bound[0] : Double.NEGATIVE_INFINITY,
              right ? bound[1] : Double.POSITIVE_INFINITY));
    }
    return new Capping(bounds);
  }

  private double[] gaussian(Moments moments, int column) {
    double reach = (fold == 0 ? 3 : fold) * Math.sqrt(moments.variance(column, 1));
    return new double[] {moments.mean(column) - reach, moments.mean(column) + reach};
  }

  private double[] quantiles(Values values) {
    if (method == Method.QUANTILES) {
      double share = fold == 0 ? 0.05 : fold;
      return new double[] {
        QuantileMethod.LINEAR.of(values, share), QuantileMethod.LINEAR.of(values, 1 - share)
      };
    }
    double low = QuantileMethod.LINEAR.of(values, 0.25);
    double high = QuantileMethod.LINEAR.of(values, 0.75);
    double reach = (fold == 0 ? 1.5 : fold) * (high - low);
    return new double[] {low - reach, high + reach};
  }
}
