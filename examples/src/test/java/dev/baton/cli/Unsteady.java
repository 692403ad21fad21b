package dev.baton.cli;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Breaks the rule that the same input gives the same output.
 *
 * @param column a numeric column without nulls
 */
public record Unsteady(String column) implements Transform {
  private static final AtomicInteger OPENED = new AtomicInteger();

  @Override
  public BoundTransform bind(Binder binder) {
    binder.read(column, TypeFamily.NUMERIC);
    binder.put(Types.field(column, Types.FLOAT64));
    return binder.transform(
        context -> {
          double shift = OPENED.incrementAndGet();
          return batch -> {
            long at = Vectors.data(Vectors.writableDoubles(batch, column, context.allocator()));
            for (int i = 0; i < batch.rows(); i++) {
              Memory.putDouble(at + 8L * i, Memory.getDouble(at + 8L * i) + shift);
            }
          };
        });
  }
}
