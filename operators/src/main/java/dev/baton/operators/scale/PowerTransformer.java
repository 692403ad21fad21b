package dev.baton.operators.scale;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes each column as normally distributed as a power allows, and then standardises it. The power
 * lambda is the one of the largest likelihood. The columns become float64.
 *
 * <p>Nulls and NaN are not observed and stay what they are; an infinite value is an error when
 * fitting. A constant column keeps lambda 1, which only shifts it. {@code box-cox} takes positive
 * values only: anything else is an error. A column without any value gives NaN for values that come
 * later.
 *
 * <p>State: all values of each column within {@code memoryBytes}; beyond it a deterministic sample
 * of that size, which the likelihood is taken from.
 *
 * <p>Cost: sorts each column and goes over it some thirty times to fit; one power per value to
 * transform.
 *
 * <p>Source: Box and Cox, An analysis of transformations (1964); Yeo and Johnson, A new family of
 * power transformations (2000); Brent, Algorithms for minimization without derivatives (1973).
 *
 * <p>Like: scikit-learn PowerTransformer (the same likelihood, which is so flat at its largest that
 * lambdas agree to 3e-7 only); Ray Data PowerTransformer (the power is given).
 *
 * @param columns numeric columns
 * @param method {@code yeo-johnson}, or {@code box-cox} for positive values
 * @param standardize whether to take the mean away and divide by the standard deviation afterwards
 * @param memoryBytes how much the values of all columns may take when fitting
 */
public record PowerTransformer(
    Columns columns, Method method, boolean standardize, long memoryBytes)
    implements Estimator<Quantiles> {
  /** A family of power functions. */
  public enum Method {
    YEO_JOHNSON,
    BOX_COX
  }

  /** Fits Yeo and Johnson's powers and standardises. */
  public PowerTransformer(Columns columns) {
    this(columns, Method.YEO_JOHNSON, true, Quantiles.MEMORY);
  }

  @Override
  public BoundEstimator<Quantiles> bind(Binder binder) {
    List<String> names = Doubles.replace(binder, columns);
    return binder.estimator(() -> new Quantiles(names, memoryBytes), state -> finish(names, state));
  }

  private Transform finish(List<String> names, Quantiles state) {
    Power power = method == Method.BOX_COX ? Power.BOX_COX : Power.YEO_JOHNSON;
    List<PowerMap.Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(fit(names.get(i), power, state.of(i)));
    }
    return new PowerMap(columns, power);
  }

  private PowerMap.Column fit(String name, Power power, Values values) {
    if (values.count() == 0) {
      return new PowerMap.Column(name, 1, Double.NaN, Double.NaN);
    }
    if (power == Power.BOX_COX && !(values.least() > 0)) {
      throw new IllegalStateException(
          String.format(
              "column '%s' has the value %s, but box-cox takes positive ones only; use yeo-johnson",
              name, values.least()));
    }
    Likelihood likelihood = new Likelihood(values.sorted(), power);
    double lambda = likelihood.best();
    if (!standardize) {
      return new PowerMap.Column(name, lambda, 0, 1);
    }
    double mean = likelihood.mean(lambda);
    double variance = likelihood.variance(lambda);
    boolean constant = Moments.isRounding(variance, mean, values.count());
    return new PowerMap.Column(name, lambda, mean, constant ? 1 : 1 / Math.sqrt(variance));
  }
}
