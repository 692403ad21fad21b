package dev.baton.operators.combine;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.combine.RingKernel.Carry;
import dev.baton.operators.combine.Scan.Keep;
import dev.baton.operators.internal.Packed;
import dev.baton.operators.internal.RowKeys;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A fitted {@link Lag} or {@link Difference}.
 *
 * @param rows as in these
 * @param kind which of them
 * @param tails the {@link Tails} of these rows, or null before they are known
 */
record Shifted(List<String> columns, List<String> by, int rows, Kind kind, Packed tails)
    implements Transform {
  /** What is made of the value found. */
  enum Kind {
    LAG,
    DIFFERENCE
  }

  Shifted {
    columns = List.copyOf(columns);
    by = List.copyOf(by);
  }

  Shifted with(Tails state) {
    return new Shifted(columns, by, rows, kind, Packed.of(state));
  }

  Scan scan(List<Field> fields, List<Field> groups) {
    Keep keep = kind == Kind.LAG ? Keep.ROWS : Keep.DOUBLES;
    return new Scan(fields, groups, Math.abs(rows), rows < 0, keep);
  }

  /** The column made from another. */
  Field output(Field field) {
    ArrowType type = kind == Kind.LAG ? field.getType() : Types.FLOAT64;
    String word = kind == Kind.DIFFERENCE ? "_diff_" : rows < 0 ? "_lead_" : "_lag_";
    return Types.field(field.getName() + word + (kind == Kind.LAG ? Math.abs(rows) : rows), type);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    TypeFamily[] types = kind == Kind.LAG ? RowKeys.types() : new TypeFamily[] {TypeFamily.NUMERIC};
    List<Field> fields = Scan.columns(columns, binder, types);
    Scan scan = scan(fields, Scan.by(by, binder));
    fields.forEach(field -> binder.put(output(field)));
    Carry carry = new Carry(scan, tails.into(new Tails(scan)));
    return binder.transform(context -> new ShiftKernel(carry, context));
  }

  private final class ShiftKernel extends RingKernel {
    ShiftKernel(Carry carry, KernelContext context) {
      super(carry, context);
    }

    @Override
    void pass(RingColumn column, FieldVector source, int[] slots, List<FieldVector> made) {
      int count = source.getValueCount();
      column.shift(slots, count, scan.ahead());
      if (kind == Kind.DIFFERENCE) {
        subtract(column, count);
      }
      made.add(column.output(output(column.field()), source, count, context.allocator()));
    }

    private static void subtract(RingColumn column, int count) {
      long[] in = column.in;
      long[] out = column.out;
      for (int row = 0; row < count; row++) {
        double other = Double.longBitsToDouble(out[row]);
        out[row] = Double.doubleToRawLongBits(Double.longBitsToDouble(in[row]) - other);
        column.hasOut[row] &= column.hasIn[row];
      }
    }
  }
}
