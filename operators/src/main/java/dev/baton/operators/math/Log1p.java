package dev.baton.operators.math;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The natural logarithm of 1 + x. The columns become float64.
 *
 * <p>As in NumPy, -1 gives minus infinity and anything below it NaN; put a clip before this stage
 * to avoid that. Nulls stay null. Results are within one unit in the last place, and the same on
 * every machine.
 *
 * @param columns numeric columns
 */
public record Log1p(Columns columns) implements Transform {
  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.NUMERIC);
    List<String> names = fields.stream().map(Field::getName).toList();
    names.forEach(name -> binder.put(Types.field(name, Types.FLOAT64)));
    return binder.transform(
        context ->
            batch -> {
              for (String name : names) {
                Field field = batch.column(name).getField();
                long data = Vectors.data(Vectors.writableDoubles(batch, name, context.allocator()));
                apply(data, batch, TypeFamily.INTEGER.accepts(field.getType()));
              }
            });
  }

  private static void apply(long data, Batch batch, boolean integers) {
    int rows = batch.rows();
    if (integers && rows > 0) {
      double[] table = Logarithm.table();
      for (int row = 0; row < rows; row++) {
        long at = data + 8L * row;
        double x = Memory.getDouble(at);
        boolean inTable = x >= 0 && x < table.length;
        Memory.putDouble(at, inTable ? table[(int) x] : Logarithm.log1p(x));
      }
      return;
    }
    for (int row = 0; row < rows; row++) {
      long at = data + 8L * row;
      Memory.putDouble(at, Logarithm.log1p(Memory.getDouble(at)));
    }
  }
}
