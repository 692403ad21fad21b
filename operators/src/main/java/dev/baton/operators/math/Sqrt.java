package dev.baton.operators.math;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Doubles;
import java.util.List;

/**
 * The square root. The columns become float64.
 *
 * <p>As in NumPy, that of a negative number is NaN. Nulls stay null.
 *
 * <p>Cost: one square root per value.
 *
 * <p>Like: feature-engine PowerTransformer (with exponent 0.5).
 *
 * @param columns numeric columns
 */
public record Sqrt(Columns columns) implements Transform {
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
                  Memory.putDouble(at, Math.sqrt(Memory.getDouble(at)));
                }
              }
            });
  }
}
