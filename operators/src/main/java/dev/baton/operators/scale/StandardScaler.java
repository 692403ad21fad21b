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
 * Takes the mean from each value and divides by the standard deviation. The columns become float64.
 *
 * <p>Nulls and NaN are not observed and stay what they are. An infinite value is an error when
 * fitting and stays infinite when transforming. A column that is constant, as far as rounding lets
 * one tell, is divided by 1. A column without any value gives NaN for values that come later.
 *
 * <p>State: the number of values of each column, their mean and the sum of squares about it.
 *
 * <p>Cost: one pass over each column to fit, one to transform.
 *
 * <p>Source: Chan, Golub and LeVeque, Updating formulae and a pairwise algorithm for computing
 * sample variances (1979).
 *
 * <p>Like: scikit-learn StandardScaler; Spark ML StandardScaler (ddof 1, no centring by default);
 * NVTabular Normalize; Ray Data StandardScaler.
 *
 * @param columns numeric columns to scale
 * @param centre whether to take the mean away
 * @param scale whether to divide by the standard deviation
 * @param ddof what to take from the number of values when dividing the sum of squares: 0 for the
 *     deviation of the population, 1 for the estimate from a sample
 */
public record StandardScaler(Columns columns, boolean centre, boolean scale, int ddof)
    implements Estimator<Moments> {
  public StandardScaler {
    if (ddof < 0) {
      throw new IllegalArgumentException("ddof must be 0 or more but was " + ddof);
    }
  }

  /** Centres and scales by the deviation of the population. */
  public StandardScaler(Columns columns) {
    this(columns, true, true, 0);
  }

  @Override
  public BoundEstimator<Moments> bind(Binder binder) {
    List<String> names = Doubles.replace(binder, columns);
    binder.looksThroughFills();
    return binder.estimator(() -> new Moments(names), moments -> finish(names, moments));
  }

  private Transform finish(List<String> names, Moments moments) {
    List<Linear.Column> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      double offset = centre ? moments.mean(i) : 0;
      double factor = scale ? 1 / deviation(moments, i) : 1;
      lines.add(new Linear.Column(names.get(i), offset, factor, 0));
    }
    return new Linear(lines);
  }

  private double deviation(Moments moments, int column) {
    double variance = moments.variance(column, ddof);
    double count = moments.count(column);
    boolean constant = Moments.isRounding(variance, moments.mean(column), count);
    return constant || count <= ddof ? 1 : Math.sqrt(variance);
  }
}
