package dev.baton.operators.impute;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Doubles;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces what is missing, that is nulls and NaN, by the mean of that column over the nearest rows
 * of those it was fitted on that have a value there. The columns become float64.
 *
 * <p>The distance of two rows is the Euclidean one over the columns that both have, times the root
 * of the number of columns by the number of those. Of rows equally far the earlier one is nearer. A
 * row that has no column in common with any gets the mean of the column. An infinite value is an
 * error when fitting.
 *
 * <p>State: all rows, up to {@code maxRows}, beyond which fitting is an error.
 *
 * <p>Cost: to transform, for each row with something missing, a look at every row remembered.
 *
 * <p>Source: Troyanskaya et al., Missing value estimation methods for DNA microarrays (2001).
 *
 * <p>Like: scikit-learn KNNImputer (which of rows equally far is nearer is left open there; weights
 * and metric can be functions).
 *
 * @param columns numeric columns, which together are the vector of a row
 * @param neighbours how many nearest rows to take the mean of, at least 1
 * @param weights {@code uniform}, or {@code distance}: by the inverse of the distance, where rows
 *     at distance 0 count alone
 * @param keepEmpty whether a column that has no value when fitting becomes 0 where it is missing,
 *     instead of being dropped
 * @param maxRows the most rows to remember
 */
public record KnnImputer(
    Columns columns, int neighbours, Weights weights, boolean keepEmpty, int maxRows)
    implements Estimator<TrainingRows> {
  /** How much each of the nearest rows counts. */
  public enum Weights {
    UNIFORM,
    DISTANCE
  }

  public KnnImputer {
    if (neighbours < 1) {
      throw new IllegalArgumentException("neighbours must be 1 or more but was " + neighbours);
    }
    if (maxRows < 1) {
      throw new IllegalArgumentException("maxRows must be 1 or more but was " + maxRows);
    }
  }

  /** The mean of the five nearest of at most 50,000 rows. */
  public KnnImputer(Columns columns) {
    this(columns, 5, Weights.UNIFORM, false, 50_000);
  }

  @Override
  public BoundEstimator<TrainingRows> bind(Binder binder) {
    List<String> names = Doubles.replace(binder, columns);
    if (!keepEmpty) {
      names.forEach(binder::mayDrop);
    }
    return binder.estimator(() -> new TrainingRows(names, maxRows), rows -> finish(names, rows));
  }

  private Transform finish(List<String> names, TrainingRows rows) {
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (!keepEmpty && Double.isNaN(rows.mean(i))) {
        dropped.add(names.get(i));
      }
    }
    return new Neighbours(names, rows.values(), neighbours, weights, dropped);
  }
}
