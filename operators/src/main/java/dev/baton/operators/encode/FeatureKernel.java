package dev.baton.operators.encode;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.operators.internal.Longs;
import dev.baton.operators.text.Norm;
import dev.baton.operators.text.VectorForm;
import dev.baton.operators.text.Vectored;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** Adds up the hashed features of each row. */
final class FeatureKernel implements Kernel {
  private final FeatureHasher operator;
  private final List<FeatureColumn> columns;
  private final Vectored vectors;
  private final KernelContext context;

  /** The features of one row, ascending, of which there are {@code count}, and their values. */
  private final int[] indices;

  private final double[] values;
  private int count;

  FeatureKernel(
      FeatureHasher operator, List<Field> fields, VectorForm form, KernelContext context) {
    this.operator = operator;
    this.columns = fields.stream().map(FeatureColumn::new).toList();
    this.vectors = new Vectored(form);
    this.context = context;
    this.indices = new int[fields.size()];
    this.values = new double[fields.size()];
  }

  @Override
  public void apply(Batch batch) {
    int rows = batch.rows();
    vectors.start(rows);
    for (int first = 0; first < rows; first += Longs.BLOCK) {
      int block = Math.min(Longs.BLOCK, rows - first);
      for (FeatureColumn column : columns) {
        column.open(batch.column(column.name), first, block);
      }
      for (int row = first; row < first + block; row++) {
        gather(row);
        vectors.end(row, Norm.NONE);
      }
      context.checkpoint();
    }
    vectors.put(batch, operator.features(), context.allocator());
  }

  private void gather(int row) {
    count = 0;
    for (FeatureColumn column : columns) {
      if (column.read(row)) {
        add(column.hash, column.value);
      }
    }
    for (int i = 0; i < count; i++) {
      if (values[i] != 0) {
        vectors.add(indices[i], values[i]);
      }
    }
  }

  private void add(int hash, double value) {
    int features = operator.features();
    // The remainder of an int is several times faster, but one int has no absolute value.
    int index =
        hash == Integer.MIN_VALUE ? (int) ((1L << 31) % features) : Math.abs(hash) % features;
    double signed = operator.signed() && hash < 0 ? -value : value;
    int at = count;
    while (at > 0 && indices[at - 1] > index) {
      at--;
    }
    if (at > 0 && indices[at - 1] == index) {
      values[at - 1] += signed;
      return;
    }
    System.arraycopy(indices, at, indices, at + 1, count - at);
    System.arraycopy(values, at, values, at + 1, count - at);
    indices[at] = index;
    values[at] = signed;
    count++;
  }
}
