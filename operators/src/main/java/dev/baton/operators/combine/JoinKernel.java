package dev.baton.operators.combine;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.combine.Join.Missing;
import dev.baton.operators.internal.RowKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Looks rows up in the table of a {@link Join}. */
final class JoinKernel implements Kernel {
  private final List<Field> keys;
  private final RowKeys rowKeys;
  private final JoinTable.Content table;
  private final Missing missing;
  private final KernelContext context;
  private int[] found = new int[0];
  private int[] selected = new int[0];
  private long[] words = new long[0];
  private boolean[] has = new boolean[0];

  JoinKernel(List<Field> keys, JoinTable.Content table, Missing missing, KernelContext context) {
    this.keys = keys;
    this.rowKeys = new RowKeys(keys);
    this.table = table;
    this.missing = missing;
    this.context = context;
  }

  @Override
  public void apply(Batch batch) {
    int rows = batch.rows();
    if (found.length < rows) {
      found = new int[rows];
      selected = new int[rows];
      words = new long[rows];
      has = new boolean[rows];
    }
    rowKeys.find(batch, table.keys(), found);
    if (missing == Missing.DROP) {
      drop(batch);
    } else if (missing == Missing.ERROR) {
      refuse(batch);
    }
    List<FieldVector> made = new ArrayList<>();
    try {
      for (JoinTable.Column column : table.columns()) {
        context.checkpoint();
        made.add(gather(column, batch.rows()));
      }
    } catch (Throwable e) {
      made.forEach(FieldVector::close);
      throw e;
    }
    made.forEach(batch::put);
  }

  private void drop(Batch batch) {
    int count = 0;
    for (int row = 0; row < batch.rows(); row++) {
      selected[count] = row;
      found[count] = found[row];
      count += found[row] >= 0 ? 1 : 0;
    }
    if (count < batch.rows()) {
      batch.take(selected, count, context.allocator());
    }
  }

  private void refuse(Batch batch) {
    for (int row = 0; row < batch.rows(); row++) {
      if (found[row] < 0) {
        String name = keys.get(0).getName();
        throw new ValueException(
            name,
            row,
            String.format(
                "expected a key that the table has but was '%s'%s; set missing=null or"
                    + " missing=drop, or add it to the table",
                batch.column(name).getObject(row),
                keys.size() == 1 ? "" : " with the other columns of the key"));
      }
    }
  }

  private FieldVector gather(JoinTable.Column column, int rows) {
    for (int row = 0; row < rows; row++) {
      int at = found[row];
      has[row] = at >= 0 && column.has(at);
      words[row] = has[row] ? column.word(at) : 0;
    }
    return column.isText()
        ? Outputs.texts(column.field, words, has, rows, null, column.texts(), context.allocator())
        : Outputs.words(column.field, words, has, rows, context.allocator());
  }
}
