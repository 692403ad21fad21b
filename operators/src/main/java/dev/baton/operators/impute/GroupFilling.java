package dev.baton.operators.impute;

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
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Copies;
import dev.baton.operators.internal.GroupTable;
import dev.baton.operators.internal.Missing;
import dev.baton.operators.internal.TextBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Puts what is usual in a row's group where a column is null or NaN; what a {@link GroupImputer}
 * makes when it is fitted.
 *
 * @param groups the groups by their keys
 * @param columns what is usual in each column
 */
record GroupFilling(GroupTable.Groups groups, List<Column> columns) implements Transform {
  /**
   * What is usual in one column, as {@link Fill} reads it.
   *
   * @param name the column
   * @param values in each group
   * @param otherwise in no group known
   * @param widen whether an integer column becomes float64
   */
  record Column(String name, List<String> values, String otherwise, boolean widen) {
    Column {
      values = List.copyOf(values);
    }
  }

  GroupFilling {
    columns = List.copyOf(columns);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    for (GroupTable.Groups.Column key : groups.columns()) {
      binder.read(key.name(), key.type());
    }
    List<Replacements> replacements = new ArrayList<>();
    for (Column column : columns) {
      Field field = binder.read(column.name(), TypeFamily.NUMERIC, TypeFamily.TEXT);
      Field filled = column.widen() ? Types.field(column.name(), Types.FLOAT64) : field;
      binder.put(filled);
      replacements.add(new Replacements(column, field, filled));
    }
    GroupTable table = new GroupTable(groups);
    return binder.transform(context -> new Filling(context, table, replacements));
  }

  private static final class Filling implements Kernel {
    private final KernelContext context;
    private final GroupTable table;
    private final List<Replacements> replacements;
    private final long[] scratch = new long[GroupTable.BLOCK];
    private final int[] groups = new int[GroupTable.BLOCK];
    private int numbered;

    Filling(KernelContext context, GroupTable table, List<Replacements> replacements) {
      this.context = context;
      this.table = table;
      this.replacements = replacements;
    }

    @Override
    public void apply(Batch batch) {
      numbered = -1;
      for (Replacements replacement : replacements) {
        if (replacement.isText()) {
          fillText(batch, replacement);
        } else {
          fillNumbers(batch, replacement);
        }
        context.checkpoint();
      }
    }

    /** Numbers the groups of the block of a row, unless that has just been done. */
    private int group(Batch batch, int row) {
      int block = row / GroupTable.BLOCK;
      if (block != numbered) {
        int first = block * GroupTable.BLOCK;
        int count = Math.min(GroupTable.BLOCK, batch.rows() - first);
        table.find(batch, first, count, scratch, groups);
        numbered = block;
      }
      return groups[row % GroupTable.BLOCK];
    }

    private void fillNumbers(Batch batch, Replacements replacement) {
      FieldVector vector =
          replacement.isDouble()
              ? Vectors.writableDoubles(batch, replacement.name(), context.allocator())
              : Copies.writable(batch, replacement.name(), context.allocator());
      long data = Vectors.data(vector);
      int rows = batch.rows();
      for (int word = 0; word < Validity.words(rows); word++) {
        long missing = Missing.word(vector, word);
        for (; missing != 0; missing &= missing - 1) {
          int row = 64 * word + Long.numberOfTrailingZeros(missing);
          replacement.put(data, row, group(batch, row));
        }
      }
      if (rows > 0) {
        Validity.setAll(Validity.address(vector), rows);
      }
    }

    private void fillText(Batch batch, Replacements replacement) {
      FieldVector source = batch.column(replacement.name());
      int rows = batch.rows();
      if (rows == 0 || Validity.nulls(source) == 0) {
        return;
      }
      long data = Vectors.data(source);
      long offsets = Vectors.offsets(source);
      long bytes = (long) Memory.getInt(offsets + 4L * rows) - Memory.getInt(offsets);
      try (TextBuilder builder =
          new TextBuilder(replacement.name(), rows, bytes, context.allocator())) {
        for (int row = 0; row < rows; row++) {
          if (Validity.isSet(Validity.address(source), row)) {
            int from = Memory.getInt(offsets + 4L * row);
            builder.append(data + from, Memory.getInt(offsets + 4L * row + 4) - from);
          } else {
            byte[] text = replacement.text(group(batch, row));
            builder.append(text, text.length);
          }
        }
        batch.put(builder.finish());
      }
    }
  }
}
