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
import dev.baton.operators.internal.RowKeys;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A fitted {@link RunningId}.
 *
 * @param firstIds the number of the run of the first row of each split
 */
record RunsNumbered(List<String> columns, String column, List<Long> firstIds) implements Transform {
  RunsNumbered {
    columns = List.copyOf(columns);
    firstIds = List.copyOf(firstIds);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = Scan.columns(columns, binder, RowKeys.types());
    binder.put(Types.field(column, Types.INT64));
    return binder.transform(context -> new RunKernel(fields, context));
  }

  private final class RunKernel implements Kernel {
    private final Groups groups;
    private final KernelContext context;
    private long id;
    private int last;

    RunKernel(List<Field> fields, KernelContext context) {
      this.groups = new Groups(fields);
      this.context = context;
    }

    @Override
    public void start(long split) {
      Splits.check(split, firstIds.size());
      groups.clear();
      id = firstIds.get((int) split);
      last = -1;
    }

    @Override
    public void apply(Batch batch) {
      int rows = batch.rows();
      int[] numbers = groups.number(batch);
      FieldVector ids = Vectors.fixed(Types.field(column, Types.INT64), rows, context.allocator());
      Validity.setAll(Validity.address(ids), rows);
      long data = Vectors.data(ids);
      for (int row = 0; row < rows; row++) {
        id += last < 0 || numbers[row] == last ? 0 : 1;
        last = numbers[row];
        Memory.putLong(data + 8L * row, id);
      }
      batch.put(ids);
    }
  }
}
