package dev.baton.operators.scale;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Normal;
import java.util.List;

/**
 * Gives each value its share among the quantiles of its column; what a {@link QuantileTransformer}
 * makes when it is fitted.
 *
 * @param columns the quantiles of each column
 * @param normal whether shares go through the inverse of the normal distribution
 */
record QuantileMap(List<Column> columns, boolean normal) implements Transform {
  /** scikit-learn's threshold, where the normal distribution is cut. */
  private static final double THRESHOLD = 1e-7;

  private static final double LEAST = Normal.quantile(THRESHOLD - Math.ulp(1.0));
  private static final double MOST = Normal.quantile(1 - (THRESHOLD - Math.ulp(1.0)));

  /**
   * The quantiles of one column, at equal distances from 0 to 1.
   *
   * @param name the column
   * @param quantiles in ascending order; NaN when there was no value
   */
  record Column(String name, List<Double> quantiles) {
    Column {
      quantiles = List.copyOf(quantiles);
    }
  }

  QuantileMap {
    columns = List.copyOf(columns);
  }

  /** The share at one of {@code places} places. */
  static double share(int place, int places) {
    return places == 1 ? 0 : place == places - 1 ? 1 : place * (1.0 / (places - 1));
  }

  @Override
  public BoundTransform bind(Binder binder) {
    double[][] quantiles = new double[columns.size()][];
    for (int i = 0; i < quantiles.length; i++) {
      Column column = columns.get(i);
      binder.read(column.name(), TypeFamily.NUMERIC);
      binder.put(Types.field(column.name(), Types.FLOAT64));
      quantiles[i] = column.quantiles().stream().mapToDouble(q -> q).toArray();
    }
    return binder.transform(
        context ->
            batch -> {
              for (int i = 0; i < quantiles.length; i++) {
                String name = columns.get(i).name();
                long data = Vectors.data(Vectors.writableDoubles(batch, name, context.allocator()));
                apply(quantiles[i], data, batch);
                context.checkpoint();
              }
            });
  }

  private void apply(double[] quantiles, long data, Batch batch) {
    for (int row = 0; row < batch.rows(); row++) {
      long at = data + 8L * row;
      double x = Memory.getDouble(at);
      Memory.putDouble(at, normal ? normal(quantiles, x) : share(quantiles, x));
    }
  }

  private static double normal(double[] quantiles, double x) {
    double share = share(quantiles, x);
    // As in scikit-learn, the nearest neighbourhood of the ends counts as the ends.
    if (x - THRESHOLD < quantiles[0]) {
      share = 0;
    } else if (x + THRESHOLD > quantiles[quantiles.length - 1]) {
      share = 1;
    }
    double y = Normal.quantile(share);
    return Math.min(Math.max(y, LEAST), MOST);
  }

  private static double share(double[] quantiles, double x) {
    int last = quantiles.length - 1;
    if (Double.isNaN(x) || Double.isNaN(quantiles[0])) {
      return Double.NaN;
    }
    if (x <= quantiles[0]) {
      return 0;
    }
    if (x >= quantiles[last]) {
      return 1;
    }
    int below = lastUpTo(quantiles, x);
    if (quantiles[below] < x) {
      // Alone between two quantiles, where both directions give the same.
      double low = share(below, last + 1);
      double part = (x - quantiles[below]) / (quantiles[below + 1] - quantiles[below]);
      return low + (share(below + 1, last + 1) - low) * part;
    }
    int first = below;
    while (quantiles[first - 1] == x) {
      first--;
    }
    return 0.5 * (share(below, last + 1) + share(first, last + 1));
  }

  /** The last place whose quantile is not more than {@code x}, which lies within the range. */
  private static int lastUpTo(double[] quantiles, double x) {
    int low = 0;
    int high = quantiles.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (quantiles[middle] <= x) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
