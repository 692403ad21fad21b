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
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A fitted {@link RollingWindow}.
 *
 * @param tails the {@link Tails} of these rows, or null before they are known
 */
record Rolled(
    List<String> columns,
    List<String> by,
    int rows,
    List<Statistic> statistics,
    int minValues,
    Packed tails)
    implements Transform {
  Rolled {
    columns = List.copyOf(columns);
    by = List.copyOf(by);
    statistics = List.copyOf(statistics);
  }

  Rolled with(Tails state) {
    return new Rolled(columns, by, rows, statistics, minValues, Packed.of(state));
  }

  Scan scan(List<Field> fields, List<Field> groups) {
    return new Scan(fields, groups, rows, false, Keep.DOUBLES);
  }

  /** The columns made from another, in the order of the statistics. */
  List<Field> outputs(Field field) {
    return statistics.stream()
        .map(
            statistic ->
                Types.field(
                    field.getName() + "_rolling_" + statistic.word() + "_" + rows,
                    statistic.type()))
        .toList();
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = Scan.columns(columns, binder, TypeFamily.NUMERIC);
    Scan scan = scan(fields, Scan.by(by, binder));
    fields.forEach(field -> outputs(field).forEach(binder::put));
    Carry carry = new Carry(scan, tails.into(new Tails(scan)));
    return binder.transform(context -> kernel(carry, context));
  }

  private RollingKernel kernel(Carry carry, KernelContext context) {
    return new RollingKernel(carry, this, context);
  }
}
