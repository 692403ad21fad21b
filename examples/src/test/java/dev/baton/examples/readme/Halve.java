package dev.baton.examples.readme;

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
 * Halves numbers. The columns become float64; nulls stay null.
 *
 * @param columns numeric columns
 */
public record Halve(Columns columns) implements Transform {
  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.NUMERIC);
    List<String> names = fields.stream().map(Field::getName).toList();
    names.forEach(name -> binder.put(Types.field(name, Types.FLOAT64)));
    return binder.transform(
        context ->
            batch -> {
              for (String name : names) {
                long x = Vectors.data(Vectors.writableDoubles(batch, name, context.allocator()));
                for (int i = 0; i < batch.rows(); i++) {
                  Memory.putDouble(x + 8L * i, Memory.getDouble(x + 8L * i) / 2);
                }
              }
            });
  }
}
