package dev.baton.operators.math;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Logarithm;
import java.util.List;

/**
 * The logarithm of x + offset. The columns become float64.
 *
 * <p>As in NumPy, the logarithm of 0 is minus infinity and that of a negative number NaN; put a
 * clip before this stage to avoid that. Nulls stay null. Results are the same on every machine, and
 * exact for powers of base 2 and 10. {@link Log1p} is the better one for an offset of 1, as it
 * loses nothing of values near 0.
 *
 * <p>Cost: one logarithm per value.
 *
 * <p>Like: NVTabular LogOp (of x + 1); feature-engine LogTransformer and LogCpTransformer (refuse
 * what has no logarithm; C is the offset).
 *
 * @param columns numeric columns
 * @param base the base, positive and not 1; by default e, the natural logarithm
 * @param offset what is added first
 */
public record Log(Columns columns, double base, double offset) implements Transform {
  public Log {
    if (!(base > 0 && base != 1 && base < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("base must be positive and not 1 but was " + base);
    }
    if (!Double.isFinite(offset)) {
      throw new IllegalArgumentException("offset must be finite but was " + offset);
    }
  }

  /** The natural logarithm. */
  public Log(Columns columns) {
    this(columns, Math.E, 0);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<String> names = Doubles.replace(binder, columns);
    return binder.transform(
        context ->
            batch -> {
              for (String name : names) {
                long data = Vectors.data(Vectors.writableDoubles(batch, name, context.allocator()));
                apply(data, batch.rows());
              }
            });
  }

  private void apply(long data, int rows) {
    if (base == 2) {
      for (int row = 0; row < rows; row++) {
        long at = data + 8L * row;
        Memory.putDouble(at, Logarithm.log2(Memory.getDouble(at) + offset));
      }
    } else if (base == 10) {
      for (int row = 0; row < rows; row++) {
        long at = data + 8L * row;
        Memory.putDouble(at, StrictMath.log10(Memory.getDouble(at) + offset));
      }
    } else {
      double divisor = base == Math.E ? 1 : Logarithm.log(base);
      for (int row = 0; row < rows; row++) {
        long at = data + 8L * row;
        Memory.putDouble(at, Logarithm.log(Memory.getDouble(at) + offset) / divisor);
      }
    }
  }
}
