package dev.baton.operators.math;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Logarithm;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;

/**
 * The natural logarithm of 1 + x. The columns become float64.
 *
 * <p>As in NumPy, -1 gives minus infinity and anything below it NaN; put a clip before this stage
 * to avoid that. Nulls stay null. Results are within one unit in the last place, and the same on
 * every machine.
 *
 * <p>Cost: one logarithm per value; for integers below 65,536 a look into a table.
 *
 * <p>Like: NVTabular LogOp; feature-engine LogCpTransformer (C = 1).
 *
 * @param columns numeric columns
 */
public record Log1p(Columns columns) implements Transform {
  @Override
  public BoundTransform bind(Binder binder) {
    List<String> names = Doubles.replace(binder, columns);
    return binder.transform(
        context ->
            batch -> {
              for (String name : names) {
                FieldVector source = batch.column(name);
                if (TypeFamily.INTEGER.accepts(source.getField().getType())) {
                  batch.put(ofIntegers(source, context.allocator()));
                } else {
                  ofDoubles(Vectors.writableDoubles(batch, name, context.allocator()));
                }
              }
            });
  }

  private static FieldVector ofIntegers(FieldVector source, BufferAllocator allocator) {
    int rows = source.getValueCount();
    FieldVector target =
        Vectors.unset(Types.field(source.getName(), Types.FLOAT64), rows, allocator);
    Vectors.copyValidity(source, target);
    long from = Vectors.data(source);
    long to = Vectors.data(target);
    switch (((BaseFixedWidthVector) source).getTypeWidth()) {
      case 8 -> {
        for (int i = 0; i < rows; i++) {
          Memory.putDouble(to + 8L * i, log(Memory.getLong(from + 8L * i)));
        }
      }
      case 4 -> {
        for (int i = 0; i < rows; i++) {
          Memory.putDouble(to + 8L * i, log(Memory.getInt(from + 4L * i)));
        }
      }
      case 2 -> {
        for (int i = 0; i < rows; i++) {
          Memory.putDouble(to + 8L * i, log(Memory.getShort(from + 2L * i)));
        }
      }
      default -> {
        for (int i = 0; i < rows; i++) {
          Memory.putDouble(to + 8L * i, log(Memory.getByte(from + i)));
        }
      }
    }
    return target;
  }

  private static double log(long x) {
    double[] table = Logarithm.table();
    return x >= 0 && x < table.length ? table[(int) x] : Logarithm.log1p(x);
  }

  private static void ofDoubles(FieldVector column) {
    long data = Vectors.data(column);
    for (int row = 0; row < column.getValueCount(); row++) {
      long at = data + 8L * row;
      Memory.putDouble(at, Logarithm.log1p(Memory.getDouble(at)));
    }
  }
}
