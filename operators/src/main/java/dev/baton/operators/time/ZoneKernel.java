package dev.baton.operators.time;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.Longs;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Moves timestamps by whole seconds and gives them another type of the same unit. */
final class ZoneKernel implements Kernel {
  private final List<Field> outputs;
  private final KernelContext context;
  private final LongUnaryOperator shift;
  private final Seconds loaded = new Seconds();

  /**
   * @param shift the new seconds since 1970, or {@link Zone#UNCLEAR} for null
   */
  ZoneKernel(List<Field> outputs, KernelContext context, LongUnaryOperator shift) {
    this.outputs = outputs;
    this.context = context;
    this.shift = shift;
  }

  @Override
  public void apply(Batch batch) {
    for (Field output : outputs) {
      FieldVector source = batch.column(output.getName());
      FieldVector target = Vectors.fixed(output, batch.rows(), context.allocator());
      try {
        Vectors.copyValidity(source, target);
        move(source, target, batch.rows());
      } catch (Throwable e) {
        target.close();
        throw e;
      }
      batch.put(target);
    }
  }

  private void move(FieldVector source, FieldVector target, int rows) {
    boolean nulls = Validity.nulls(source) > 0;
    long validity = Validity.address(target);
    long perSecond = Seconds.perSecond(source.getField().getType());
    for (int first = 0; first < rows; first += Longs.BLOCK) {
      int count = Math.min(Longs.BLOCK, rows - first);
      loaded.load(source, nulls, first, count);
      long to = Vectors.data(target) + 8L * first;
      for (int i = 0; i < count; i++) {
        if (nulls && !Validity.isSet(validity, first + i)) {
          continue;
        }
        long moved = moved(source, first + i, loaded.seconds[i]);
        if (moved == Zone.UNCLEAR) {
          Validity.clear(validity, first + i);
        } else {
          Memory.putLong(to + 8L * i, moved * perSecond + loaded.rest[i]);
        }
      }
      context.checkpoint();
    }
  }

  private long moved(FieldVector source, int row, long seconds) {
    try {
      return shift.applyAsLong(seconds);
    } catch (AttachZone.UnclearException e) {
      throw new ValueException(source.getName(), row, e.getMessage());
    }
  }
}
