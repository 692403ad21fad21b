package dev.baton.operators.scale;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Normal;
import dev.baton.operators.internal.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the median from each value and divides by the distance between two quantiles, which
 * outliers do not move. The columns become float64.
 *
 * <p>Nulls and NaN are not observed and stay what they are. An infinite value is an error when
 * fitting. A column whose quantiles are equal (less than 2.2e-15 apart) is divided by 1. A column
 * without any value gives NaN for values that come later.
 *
 * <p>State: all values of each column within {@code memoryBytes}, where quantiles are exact; beyond
 * it a deterministic sample of that size.
 *
 * <p>Cost: selects three quantiles in linear time to fit; one pass to transform.
 *
 * <p>Like: scikit-learn RobustScaler (range in percent); Spark ML RobustScaler (approximate, no
 * centring by default); Ray Data RobustScaler (approximate).
 *
 * @param columns numeric columns to scale
 * @param centre whether to take the median away
 * @param scale whether to divide by the distance of the quantiles
 * @param lower the lower quantile, from 0 to 1
 * @param upper the upper quantile, from 0 to 1
 * @param unitVariance whether to divide further so that normally distributed values get a variance
 *     of 1
 * @param memoryBytes how much the values of all columns may take when fitting
 */
public record RobustScaler(
    Columns columns,
    boolean centre,
    boolean scale,
    double lower,
    double upper,
    boolean unitVariance,
    long memoryBytes)
    implements Estimator<Quantiles> {

  public RobustScaler {
    if (!(lower >= 0 && lower < upper && upper <= 1)) {
      throw new IllegalArgumentException(
          "lower and upper must be from 0 to 1 and lower the smaller, but were "
              + lower
              + " and "
              + upper);
    }
  }

  /** Centres and scales by the quartiles. */
  public RobustScaler(Columns columns) {
    this(columns, true, true, 0.25, 0.75, false, Quantiles.MEMORY);
  }

  @Override
  public BoundEstimator<Quantiles> bind(Binder binder) {
    List<String> names = Doubles.replace(binder, columns);
    return binder.estimator(
        () -> new Quantiles(names, memoryBytes), quantiles -> finish(names, quantiles));
  }

  private Transform finish(List<String> names, Quantiles quantiles) {
    double adjust = unitVariance ? Normal.quantile(upper) - Normal.quantile(lower) : 1;
    List<Linear.Column> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Values values = quantiles.of(i);
      double offset = centre ? values.median() : 0;
      double factor = 1;
      if (scale) {
        double high = QuantileMethod.LINEAR.of(values, upper);
        double range = high - QuantileMethod.LINEAR.of(values, lower);
        factor = adjust / Linear.divisor(range);
      }
      lines.add(new Linear.Column(names.get(i), offset, factor, 0));
    }
    return new Linear(lines);
  }
}
