package dev.baton.operators.combine;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.Packed;
import dev.baton.operators.internal.RowKeys;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A fitted {@link GroupAggregate}.
 *
 * @param outputs the columns it adds
 * @param results the keys of the groups, then for each output the words of all groups and which of
 *     them are null
 */
record Grouped(List<String> by, List<Output> outputs, Packed results) implements Transform {
  /** A column of that name with that statistic. */
  record Output(String name, Statistic statistic) {
    Field field() {
      return Types.field(name, statistic.type());
    }
  }

  Grouped {
    by = List.copyOf(by);
    outputs = List.copyOf(outputs);
  }

  /** The columns made from another, in the order of the statistics. */
  static List<Field> outputs(Field field, List<Field> by, List<Statistic> statistics) {
    return named(field, by, statistics).stream().map(Output::field).toList();
  }

  private static List<Output> named(Field field, List<Field> by, List<Statistic> statistics) {
    String groups = String.join("_", Scan.names(by));
    return statistics.stream()
        .map(s -> new Output(field.getName() + "_" + s.word() + "_by_" + groups, s))
        .toList();
  }

  static Grouped of(List<Field> fields, List<Field> by, List<Statistic> statistics, Totals totals) {
    List<Output> outputs = new ArrayList<>();
    fields.forEach(field -> outputs.addAll(named(field, by, statistics)));
    Packed results =
        Packed.of(
            out -> {
              totals.groups().table().write(out);
              for (int c = 0; c < fields.size(); c++) {
                Results column = new Results(statistics, 0);
                column.reserve(totals.size());
                for (int group = 0; group < totals.size(); group++) {
                  totals.group(group).columns[c].result(column, group);
                }
                column.write(out, totals.size());
              }
            });
    return new Grouped(Scan.names(by), outputs, results);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> groups = Scan.by(by, binder);
    outputs.forEach(output -> binder.put(output.field()));
    KeyTable table = new KeyTable();
    StateReader in = results.reader();
    table.read(in);
    List<Values> values = new ArrayList<>();
    outputs.forEach(
        output -> values.add(new Values(new LongList(in.longs()), BitSet.valueOf(in.longs()))));
    return binder.transform(context -> new GroupKernel(groups, table, values, context));
  }

  /** The words of all groups, and a bit for each that has one. */
  private record Values(LongList words, BitSet valid) {}

  private final class GroupKernel implements Kernel {
    private final RowKeys keys;
    private final KeyTable table;
    private final List<Values> values;
    private final KernelContext context;
    private int[] groups = new int[0];
    private long[] words = new long[0];
    private boolean[] has = new boolean[0];

    GroupKernel(List<Field> by, KeyTable table, List<Values> values, KernelContext context) {
      this.keys = new RowKeys(by);
      this.table = table;
      this.values = values;
      this.context = context;
    }

    @Override
    public void apply(Batch batch) {
      int rows = batch.rows();
      if (groups.length < rows) {
        groups = new int[rows];
        words = new long[rows];
        has = new boolean[rows];
      }
      keys.find(batch, table, groups);
      List<FieldVector> made = new ArrayList<>();
      try {
        for (int i = 0; i < outputs.size(); i++) {
          context.checkpoint();
          gather(values.get(i), rows);
          made.add(Outputs.words(outputs.get(i).field(), words, has, rows, context.allocator()));
        }
      } catch (Throwable e) {
        made.forEach(FieldVector::close);
        throw e;
      }
      made.forEach(batch::put);
    }

    private void gather(Values from, int rows) {
      for (int row = 0; row < rows; row++) {
        int group = groups[row];
        has[row] = group >= 0 && from.valid.get(group);
        words[row] = group >= 0 ? from.words.get(group) : 0;
      }
    }
  }
}
