package dev.baton.operators.select;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Drops columns that are correlated with an earlier one of {@code columns}. Each column that is
 * still there, in order, makes all later ones go whose correlation with it is stronger than the
 * threshold, in either direction.
 *
 * <p>The correlation is Pearson's, over the rows where both columns have a value; it is none when
 * one of the two is constant there. Nulls and NaN are not observed; an infinite value is an error
 * when fitting.
 *
 * <p>State: six numbers for each pair of columns.
 *
 * <p>Cost: to fit, one pass for each pair of columns; none to transform.
 *
 * <p>Source: Schubert and Gertz, Numerically stable parallel computation of (co-)variance (2018).
 *
 * <p>Like: feature-engine DropCorrelatedFeatures (method pearson).
 *
 * @param columns numeric columns to choose among; a list of names also sets the order
 * @param threshold the absolute correlation above which a column goes, from 0 to 1
 */
public record DropCorrelated(Columns columns, double threshold) implements Estimator<CoMoments> {
  public DropCorrelated {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold must be from 0 to 1 but was " + threshold);
    }
  }

  /** Drops columns whose correlation with an earlier one is above 0.8. */
  public DropCorrelated(Columns columns) {
    this(columns, 0.8);
  }

  @Override
  public BoundEstimator<CoMoments> bind(Binder binder) {
    List<String> names =
        binder.read(columns, TypeFamily.NUMERIC).stream().map(Field::getName).toList();
    names.forEach(binder::mayDrop);
    return binder.estimator(() -> new CoMoments(names), state -> finish(names, state));
  }

  private Transform finish(List<String> names, CoMoments state) {
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      for (int later = i + 1; later < names.size() && !dropped.contains(names.get(i)); later++) {
        if (!dropped.contains(names.get(later))
            && Math.abs(state.correlation(i, later)) > threshold) {
          dropped.add(names.get(later));
        }
      }
    }
    return new Dropping(dropped);
  }
}
