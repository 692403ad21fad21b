package dev.baton.operators.bin;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.EitherState;
import dev.baton.operators.internal.Values;
import dev.baton.operators.scale.Extremes;
import dev.baton.operators.scale.QuantileMethod;
import dev.baton.operators.scale.Quantiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Cuts each column into bins learnt from the data.
 *
 * <p>A bin has its lower edge and not its upper one; values below the first bin go to the first,
 * values above the last to the last. By {@code quantile} and {@code kmeans} a bin of no more than
 * 1e-8 is joined with the one above. A column that is constant or has no value is one bin. Nulls
 * and NaN are not observed; an infinite value is an error when fitting.
 *
 * <p>{@code one-hot} replaces a column by int8 columns of 0 and 1, {@code <column>_0}, {@code
 * <column>_1} and so on at the end, all 0 where the value is missing; {@code ordinal} by one int32
 * column of bin numbers, null where it is missing.
 *
 * <p>State: for {@code uniform} the smallest and the largest value of each column; else all its
 * values within {@code memoryBytes}, and a deterministic sample of that size beyond it.
 *
 * <p>Cost: one pass to fit, then a sort of each column and, for {@code kmeans}, at most 300 passes
 * over it; to transform, a binary search among the edges per value.
 *
 * <p>Source: for {@code kmeans}, Lloyd, Least squares quantization in PCM (1982), from bins of
 * equal width.
 *
 * <p>Like: scikit-learn KBinsDiscretizer (refuses NaN; takes a random subsample of 200,000 rows;
 * bins can differ by column); Spark ML QuantileDiscretizer (approximate); Ray Data
 * UniformKBinsDiscretizer; feature-engine EqualWidthDiscretiser and EqualFrequencyDiscretiser.
 *
 * @param columns numeric columns
 * @param bins how many bins to make of each, at least 2
 * @param encode what to make of the bins: {@code one-hot} or {@code ordinal}
 * @param strategy {@code uniform}: bins of equal width; {@code quantile}: of about as many values;
 *     {@code kmeans}: about the centres of clusters
 * @param quantileMethod how a quantile is taken
 * @param memoryBytes how much the values of all columns may take when fitting
 */
public record KBinsDiscretizer(
    Columns columns,
    int bins,
    Encode encode,
    Strategy strategy,
    QuantileMethod quantileMethod,
    long memoryBytes)
    implements Estimator<EitherState> {
  private static final double NARROW = 1e-8;

  /** What to make of bins. */
  public enum Encode {
    ONE_HOT,
    ORDINAL
  }

  /** Where bins lie. */
  public enum Strategy {
    UNIFORM,
    QUANTILE,
    KMEANS
  }

  public KBinsDiscretizer {
    if (bins < 2) {
      throw new IllegalArgumentException("bins must be 2 or more but was " + bins);
    }
  }

  /** Makes five bins of about as many values, one-hot encoded. */
  public KBinsDiscretizer(Columns columns) {
    this(columns, 5, Encode.ONE_HOT, Strategy.QUANTILE);
  }

  /** Bins as asked for, by averaged quantiles. */
  public KBinsDiscretizer(Columns columns, int bins, Encode encode, Strategy strategy) {
    this(columns, bins, encode, strategy, QuantileMethod.AVERAGED_INVERTED_CDF, Quantiles.MEMORY);
  }

  @Override
  public BoundEstimator<EitherState> bind(Binder binder) {
    List<String> names =
        binder.read(columns, TypeFamily.NUMERIC).stream().map(Field::getName).toList();
    if (encode == Encode.ORDINAL) {
      names.forEach(name -> binder.put(Types.field(name, Types.INT32)));
    } else {
      names.forEach(binder::drop);
      binder.putUnknown();
    }
    return binder.estimator(
        () ->
            new EitherState(
                strategy == Strategy.UNIFORM
                    ? new Extremes(names)
                    : new Quantiles(names, memoryBytes)),
        state -> finish(names, state));
  }

  private Transform finish(List<String> names, EitherState state) {
    List<Binning.Column> fitted = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      List<Double> edges =
          strategy == Strategy.UNIFORM
              ? uniform(state.as(Extremes.class), i)
              : wideEnough(edges(state.as(Quantiles.class).of(i)));
      fitted.add(new Binning.Column(names.get(i), edges));
    }
    return new Binning(fitted, encode);
  }

  private List<Double> uniform(Extremes extremes, int column) {
    return extremes.any(column) && extremes.least(column) < extremes.most(column)
        ? line(extremes.least(column), extremes.most(column))
        : Binning.EVERYTHING;
  }

  /** Edges at equal distances, by NumPy's arithmetic. */
  private List<Double> line(double least, double most) {
    List<Double> edges = new ArrayList<>();
    double step = (most - least) / bins;
    for (int i = 0; i < bins; i++) {
      edges.add(i * step + least);
    }
    edges.add(most);
    return edges;
  }

  private List<Double> edges(Values values) {
    if (values.count() == 0 || values.least() == values.most()) {
      return Binning.EVERYTHING;
    }
    List<Double> edges = new ArrayList<>();
    if (strategy == Strategy.QUANTILE) {
      line(0, 100).forEach(percent -> edges.add(quantileMethod.of(values, percent / 100)));
      return edges;
    }
    List<Double> line = line(values.least(), values.most());
    double[] centres = new double[bins];
    for (int i = 0; i < bins; i++) {
      centres[i] = (line.get(i) + line.get(i + 1)) * 0.5;
    }
    centres = Clusters.find(values.sorted(), centres);
    edges.add(values.least());
    for (int i = 1; i < bins; i++) {
      edges.add((centres[i] + centres[i - 1]) * 0.5);
    }
    edges.add(values.most());
    return edges;
  }

  /** Without edges that are too near the one before. */
  private static List<Double> wideEnough(List<Double> edges) {
    List<Double> kept = new ArrayList<>(List.of(edges.get(0)));
    for (int i = 1; i < edges.size(); i++) {
      if (edges.get(i) - edges.get(i - 1) > NARROW) {
        kept.add(edges.get(i));
      }
    }
    return kept.size() < 2 ? Binning.EVERYTHING : kept;
  }
}
