package dev.baton.operators.math;

import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.List;

/**
 * Moves values outside the bounds of their column to the nearer one; what a {@link Winsorizer}
 * makes when it is fitted.
 *
 * @param columns the bounds of each column
 */
record Capping(List<Column> columns) implements Transform {
  /**
   * The bounds of one column.
   *
   * @param name the column
   * @param min values below become this
   * @param max values above become this
   */
  record Column(String name, double min, double max) {}

  Capping {
    columns = List.copyOf(columns);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    for (Column column : columns) {
      binder.read(column.name(), TypeFamily.NUMERIC);
      binder.put(Types.field(column.name(), Types.FLOAT64));
    }
    return binder.transform(
        context ->
            batch -> {
              for (Column column : columns) {
                long data =
                    Vectors.data(
                        Vectors.writableDoubles(batch, column.name(), context.allocator()));
                Clip.clipDoubles(data, batch.rows(), column.min(), column.max());
              }
            });
  }
}
