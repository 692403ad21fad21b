package dev.baton.operators.bin;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Doubles;
import java.util.List;

/**
 * Makes values above a threshold 1 and all others 0. The columns become float64; nulls and NaN stay
 * what they are.
 *
 * <p>Cost: one comparison per value.
 *
 * <p>Like: scikit-learn Binarizer (refuses NaN); Spark ML Binarizer (NaN becomes 0).
 *
 * @param columns numeric columns
 * @param threshold values above it become 1; not NaN
 */
public record Binarizer(Columns columns, double threshold) implements Transform {
  public Binarizer {
    if (Double.isNaN(threshold)) {
      throw new IllegalArgumentException("threshold must be a number but was NaN");
    }
  }

  /** Tells positive values from the others. */
  public Binarizer(Columns columns) {
    this(columns, 0);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<String> names = Doubles.replace(binder, columns);
    return binder.transform(
        context ->
            batch -> {
              for (String name : names) {
                long data = Vectors.data(Vectors.writableDoubles(batch, name, context.allocator()));
                for (int row = 0; row < batch.rows(); row++) {
                  long at = data + 8L * row;
                  double x = Memory.getDouble(at);
                  Memory.putDouble(at, x > threshold ? 1 : Double.isNaN(x) ? x : 0);
                }
              }
            });
  }
}
