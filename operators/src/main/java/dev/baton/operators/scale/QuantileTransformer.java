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
 * Moves each column to a uniform distribution over 0 … 1, or to the standard normal distribution,
 * by its quantiles. The columns become float64.
 *
 * <p>A value becomes the share of values below it: known at {@code quantiles} places and taken from
 * the line between the nearest two; where a value has several places, the mean of the first and the
 * last. Values outside the range seen become 0 or 1. For {@code normal} the share goes through the
 * inverse of the normal distribution, which is cut at shares of 1e-7 (about ±5.2). Nulls and NaN
 * are not observed and stay what they are; an infinite value is an error when fitting. A column
 * without any value gives NaN for values that come later.
 *
 * <p>State: all values of each column within {@code memoryBytes}, where quantiles are exact; beyond
 * it a deterministic sample of that size.
 *
 * <p>Cost: sorts each column to fit; to transform, a binary search among the quantiles per value.
 *
 * <p>Like: scikit-learn QuantileTransformer (fits to a random subsample of 10,000 rows;
 * ignore_implicit_zeros).
 *
 * @param columns numeric columns
 * @param quantiles how many quantiles to keep, at least 2; no more than there are rows are kept
 * @param output the distribution of the result: {@code uniform} or {@code normal}
 * @param memoryBytes how much the values of all columns may take when fitting
 */
public record QuantileTransformer(Columns columns, int quantiles, Output output, long memoryBytes)
    implements Estimator<Quantiles> {
  /** A distribution. */
  public enum Output {
    UNIFORM,
    NORMAL
  }

  public QuantileTransformer {
    if (quantiles < 2) {
      throw new IllegalArgumentException("quantiles must be 2 or more but was " + quantiles);
    }
  }

  /** Moves to the uniform distribution by 1,000 quantiles. */
  public QuantileTransformer(Columns columns) {
    this(columns, 1000, Output.UNIFORM, Quantiles.MEMORY);
  }

  @Override
  public BoundEstimator<Quantiles> bind(Binder binder) {
    List<String> names = Doubles.replace(binder, columns);
    return binder.estimator(() -> new Quantiles(names, memoryBytes), state -> finish(names, state));
  }

  private Transform finish(List<String> names, Quantiles state) {
    int places = (int) Math.max(1, Math.min(quantiles, state.rows()));
    List<QuantileMap.Column> maps = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      state.of(i).sorted();
      List<Double> values = new ArrayList<>();
      for (int k = 0; k < places; k++) {
        values.add(QuantileMethod.LINEAR.of(state.of(i), QuantileMap.share(k, places)));
      }
      maps.add(new QuantileMap.Column(names.get(i), values));
    }
    return new QuantileMap(maps, output == Output.NORMAL);
  }
}
