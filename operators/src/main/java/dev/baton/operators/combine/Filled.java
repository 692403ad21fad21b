package dev.baton.operators.combine;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.combine.RingKernel.Carry;
import dev.baton.operators.combine.Scan.Keep;
import dev.baton.operators.internal.Packed;
import dev.baton.operators.internal.RowKeys;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A fitted {@link ForwardFill} or {@link BackwardFill}.
 *
 * @param ahead whether values come from later rows
 * @param tails the {@link Tails} of these rows, or null before they are known
 */
record Filled(List<String> columns, List<String> by, boolean ahead, Packed tails)
    implements Transform {
  Filled {
    columns = List.copyOf(columns);
    by = List.copyOf(by);
  }

  Filled with(Tails state) {
    return new Filled(columns, by, ahead, Packed.of(state));
  }

  Scan scan(List<Field> fields, List<Field> groups) {
    return new Scan(fields, groups, 1, ahead, Keep.VALUES);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = Scan.columns(columns, binder, RowKeys.types());
    Scan scan = scan(fields, Scan.by(by, binder));
    fields.forEach(binder::put);
    Carry carry = new Carry(scan, tails.into(new Tails(scan)));
    return binder.transform(context -> new FillKernel(carry, context));
  }

  private static final class FillKernel extends RingKernel {
    FillKernel(Carry carry, KernelContext context) {
      super(carry, context);
    }

    @Override
    void pass(RingColumn column, FieldVector source, int[] slots, List<FieldVector> made) {
      int rows = source.getValueCount();
      column.fill(slots, rows, scan.ahead());
      made.add(column.output(column.field(), source, rows, context.allocator()));
    }
  }
}
