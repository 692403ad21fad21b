package dev.baton.operators.combine;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Packed;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A fitted {@link RowNumber}.
 *
 * @param totals the {@link RunningTotals} of these rows, or null before they are known
 */
record Numbered(String column, long first, List<String> by, Packed totals) implements Transform {
  Numbered {
    by = List.copyOf(by);
  }

  Numbered with(RunningTotals state) {
    return new Numbered(column, first, by, Packed.of(state));
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> groups = Scan.by(by, binder);
    binder.put(Types.field(column, Types.INT64));
    RunningTotals.Carry carry = RunningTotals.carry(totals, List.of(), groups, RowNumber.nothing());
    return binder.transform(context -> new NumberKernel(carry.open(), context));
  }

  private final class NumberKernel implements Kernel {
    private final RunningTotals.Current current;
    private final KernelContext context;

    NumberKernel(RunningTotals.Current current, KernelContext context) {
      this.current = current;
      this.context = context;
    }

    @Override
    public void start(long split) {
      current.start(split);
    }

    @Override
    public void apply(Batch batch) {
      int rows = batch.rows();
      int[] groups = current.number(batch);
      FieldVector numbers =
          Vectors.fixed(Types.field(column, Types.INT64), rows, context.allocator());
      Validity.setAll(Validity.address(numbers), rows);
      long data = Vectors.data(numbers);
      for (int row = 0; row < rows; row++) {
        Memory.putLong(data + 8L * row, first + current.group(groups[row]).rows++);
      }
      batch.put(numbers);
    }
  }
}
