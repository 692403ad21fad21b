package dev.baton.operators.scale;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.List;

/**
 * {@code (x - offset) * factor + shift}, and then within bounds, for each column; what scalers make
 * when they are fitted. The columns become float64; nulls and NaN stay what they are.
 *
 * @param columns what to do with each column
 * @param least results below this become it
 * @param most results above this become it
 */
record Linear(List<Column> columns, double least, double most) implements Transform {
  /** scikit-learn's rule for ranges that count as none. */
  private static final double ROUNDING = 10 * Math.ulp(1.0);

  /**
   * One column's line.
   *
   * @param name the column
   * @param offset what is taken away first
   * @param factor what is multiplied by then
   * @param shift what is added at the end
   */
  record Column(String name, double offset, double factor, double shift) {}

  Linear {
    columns = List.copyOf(columns);
  }

  Linear(List<Column> columns) {
    this(columns, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** Whether rounding alone can cause such a range. */
  static boolean isNone(double range) {
    return range < ROUNDING;
  }

  /** What to divide by for a range: itself, or 1 when it is none. */
  static double divisor(double range) {
    return isNone(range) ? 1 : range;
  }

  @Override
  public BoundTransform bind(Binder binder) {
    for (Column column : columns) {
      binder.read(column.name(), TypeFamily.NUMERIC);
      binder.put(Types.field(column.name(), Types.FLOAT64));
    }
    return binder.transform(this::kernel);
  }

  private Kernel kernel(KernelContext context) {
    return batch -> {
      for (Column column : columns) {
        apply(column, batch, context);
      }
    };
  }

  private void apply(Column column, Batch batch, KernelContext context) {
    long data = Vectors.data(Vectors.writableDoubles(batch, column.name(), context.allocator()));
    int rows = batch.rows();
    double offset = column.offset();
    double factor = column.factor();
    double shift = column.shift();
    if (least == Double.NEGATIVE_INFINITY && most == Double.POSITIVE_INFINITY) {
      for (int row = 0; row < rows; row++) {
        long at = data + 8L * row;
        Memory.putDouble(at, (Memory.getDouble(at) - offset) * factor + shift);
      }
      return;
    }
    double low = least;
    double high = most;
    for (int row = 0; row < rows; row++) {
      long at = data + 8L * row;
      double y = (Memory.getDouble(at) - offset) * factor + shift;
      Memory.putDouble(at, Math.min(Math.max(y, low), high));
    }
  }
}
