package dev.baton.operators.scale;

import dev.baton.engine.batch.Types;
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
 * Moves the smallest value of each column to {@code min} and the largest to {@code max}, as
 * scikit-learn's operator of that name. The columns become float64.
 *
 * <p>Nulls and NaN are not observed and stay what they are. An infinite value is an error when
 * fitting. A constant column (smallest and largest less than 2.2e-15 apart) goes to {@code min}. A
 * column without any value gives NaN for values that come later.
 *
 * @param columns numeric columns to scale
 * @param min what the smallest value becomes
 * @param max what the largest value becomes; more than {@code min}
 * @param clip whether values outside the range seen when fitting become {@code min} or {@code max}
 */
public record MinMaxScaler(Columns columns, double min, double max, boolean clip)
    implements Estimator<Extremes> {
  private static final double CONSTANT = 10 * Math.ulp(1.0);

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
    List<Field> fields = binder.read(columns, TypeFamily.NUMERIC);
    List<String> names = fields.stream().map(Field::getName).toList();
    names.forEach(name -> binder.put(Types.field(name, Types.FLOAT64)));
    return binder.estimator(() -> new Extremes(names), extremes -> finish(names, extremes));
  }

  private Transform finish(List<String> names, Extremes extremes) {
    List<Linear.Column> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      double range = extremes.most(i) - extremes.least(i);
      double factor = (max - min) / (range < CONSTANT ? 1 : range);
      lines.add(new Linear.Column(names.get(i), extremes.least(i), factor, min));
    }
    return clip ? new Linear(lines, min, max) : new Linear(lines);
  }
}
