package dev.baton.operators.scale;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Doubles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Moves the smallest value of each column to {@code min} and the largest to {@code max}. The
 * columns become float64.
 *
 * <p>Nulls and NaN are not observed and stay what they are. An infinite value is an error when
 * fitting. A constant column is one whose smallest and largest value are less than 2.2e-15 apart. A
 * column without any value gives NaN for values that come later.
 *
 * <p>State: the smallest and the largest value of each column.
 *
 * <p>Cost: one pass over each column to fit, one to transform.
 *
 * <p>Like: scikit-learn MinMaxScaler; Spark ML MinMaxScaler (which has onConstant middle);
 * NVTabular NormalizeMinMax; Ray Data MinMaxScaler.
 *
 * @param columns numeric columns to scale
 * @param min what the smallest value becomes
 * @param max what the largest value becomes; more than {@code min}
 * @param clip whether values outside the range seen when fitting become {@code min} or {@code max}
 * @param onConstant where a constant column goes: to {@code min}, or to the {@code middle} of min
 *     and max, and with it all other values that come later
 */
public record MinMaxScaler(
    Columns columns, double min, double max, boolean clip, OnConstant onConstant)
    implements Estimator<Extremes> {
  /** Where a constant column goes. */
  public enum OnConstant {
    MIN,
    MIDDLE
  }

  public MinMaxScaler {
    Objects.requireNonNull(onConstant, "onConstant");
    if (!(min < max) || Double.isInfinite(min) || Double.isInfinite(max)) {
      throw new IllegalArgumentException(
          "min and max must be finite and min the smaller, but were " + min + " and " + max);
    }
  }

  /** Scales to 0 … 1 and does not clip. */
  public MinMaxScaler(Columns columns) {
    this(columns, 0, 1, false);
  }

  /** A constant column goes to {@code min}. */
  public MinMaxScaler(Columns columns, double min, double max, boolean clip) {
    this(columns, min, max, clip, OnConstant.MIN);
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
      boolean centred = onConstant == OnConstant.MIDDLE && Linear.isNone(range);
      double factor = centred ? 0 : (max - min) / Linear.divisor(range);
      double shift = centred ? min + (max - min) / 2 : min;
      lines.add(new Linear.Column(names.get(i), extremes.least(i), factor, shift));
    }
    return clip ? new Linear(lines, min, max) : new Linear(lines);
  }
}
