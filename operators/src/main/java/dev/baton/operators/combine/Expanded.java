package dev.baton.operators.combine;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Packed;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A fitted {@link ExpandingWindow}.
 *
 * @param totals the {@link RunningTotals} of these rows, or null before they are known
 */
record Expanded(
    List<String> columns, List<String> by, List<Statistic> statistics, int minValues, Packed totals)
    implements Transform {
  Expanded {
    columns = List.copyOf(columns);
    by = List.copyOf(by);
    statistics = List.copyOf(statistics);
  }

  Expanded with(RunningTotals state) {
    return new Expanded(columns, by, statistics, minValues, Packed.of(state));
  }

  Results results() {
    return new Results(statistics, minValues);
  }

  /** The columns made from another, in the order of the statistics. */
  List<Field> outputs(Field field) {
    return statistics.stream()
        .map(s -> Types.field(field.getName() + "_expanding_" + s.word(), s.type()))
        .toList();
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = Scan.columns(columns, binder, TypeFamily.NUMERIC);
    List<Field> groups = Scan.by(by, binder);
    fields.forEach(field -> outputs(field).forEach(binder::put));
    RunningTotals.Carry carry = RunningTotals.carry(totals, fields, groups, results());
    return binder.transform(context -> new ExpandingKernel(fields, carry, context));
  }

  private final class ExpandingKernel implements Kernel {
    private final List<Field> fields;
    private final RunningTotals.Current current;
    private final KernelContext context;
    private final Results results = results();
    private final double[] block = new double[Doubles.BLOCK];

    ExpandingKernel(List<Field> fields, RunningTotals.Carry carry, KernelContext context) {
      this.fields = fields;
      this.current = carry.open();
      this.context = context;
    }

    @Override
    public void start(long split) {
      current.start(split);
    }

    @Override
    public void apply(Batch batch) {
      int[] groups = current.number(batch);
      results.reserve(batch.rows());
      List<FieldVector> made = new ArrayList<>();
      try {
        for (int c = 0; c < fields.size(); c++) {
          pass(batch.column(fields.get(c).getName()), c, groups);
          results.addTo(made, outputs(fields.get(c)), batch.rows(), context.allocator());
        }
      } catch (Throwable e) {
        made.forEach(FieldVector::close);
        throw e;
      }
      made.forEach(batch::put);
    }

    private void pass(FieldVector source, int column, int[] groups) {
      int rows = source.getValueCount();
      long validity = Validity.address(source);
      for (int first = 0; first < rows; first += Doubles.BLOCK) {
        context.checkpoint();
        int count = Math.min(Doubles.BLOCK, rows - first);
        Doubles.load(source, first, count, block);
        for (int i = 0; i < count; i++) {
          Aggregate total = current.group(groups[first + i]).columns[column];
          if (Validity.isSet(validity, first + i) && !Double.isNaN(block[i])) {
            total.add(block[i]);
          }
          total.result(results, first + i);
        }
      }
    }
  }
}
