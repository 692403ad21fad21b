package dev.baton.operators.encode;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Names;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.ListColumns;
import dev.baton.operators.internal.Longs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;

/** Does what a {@link MultiHotEncoding} says. */
final class MultiHotKernel implements Kernel {
  private final MultiHotEncoding encoding;
  private final List<KeyTable> tables;
  private final KernelContext context;
  private final Labels labels;

  MultiHotKernel(MultiHotEncoding encoding, List<KeyTable> tables, KernelContext context) {
    this.encoding = encoding;
    this.tables = tables;
    this.context = context;
    this.labels = new Labels(encoding.delimiter());
  }

  @Override
  public void apply(Batch batch) {
    for (int i = 0; i < tables.size(); i++) {
      if (encoding.output() == MultiHotEncoder.Output.LIST) {
        batch.put(list(batch, i));
      } else {
        List<FieldVector> made = new ArrayList<>();
        try {
          columns(batch, i, made);
        } catch (Throwable e) {
          made.forEach(FieldVector::close);
          throw e;
        }
        batch.drop(encoding.columns().get(i).name());
        made.forEach(batch::put);
      }
    }
  }

  private void columns(Batch batch, int position, List<FieldVector> made) {
    MultiHotEncoding.Column column = encoding.columns().get(position);
    long[] targets = new long[column.labels().size()];
    for (String name : column.outputs()) {
      FieldVector vector =
          Vectors.fixed(Types.field(name, Types.INT8), batch.rows(), context.allocator());
      Validity.setAll(Validity.address(vector), batch.rows());
      targets[made.size()] = Vectors.data(vector);
      made.add(vector);
    }
    labels.open(batch.column(column.name()));
    for (int row = 0; row < batch.rows(); row++) {
      labels.start(row);
      while (labels.next()) {
        int number = number(position, row);
        if (number >= 0) {
          Memory.putByte(targets[number] + row, (byte) 1);
        }
      }
      checkpoint(row);
    }
  }

  private ListVector list(Batch batch, int position) {
    MultiHotEncoding.Column column = encoding.columns().get(position);
    FieldVector source = batch.column(column.name());
    int size = column.labels().size();
    int[] offsets = new int[batch.rows() + 1];
    for (int row = 0; row < batch.rows(); row++) {
      boolean valid = Validity.isSet(Validity.address(source), row);
      offsets[row + 1] = Math.addExact(offsets[row], valid ? size : 0);
    }
    ListVector list =
        ListColumns.fixed(
            MultiHotEncoding.list(column.name()),
            source,
            offsets,
            batch.rows(),
            context.allocator());
    try {
      long to = Vectors.data(list.getDataVector());
      labels.open(source);
      for (int row = 0; row < batch.rows(); row++) {
        labels.start(row);
        while (labels.next()) {
          int number = number(position, row);
          if (number >= 0) {
            Memory.putByte(to + offsets[row] + number, (byte) 1);
          }
        }
        checkpoint(row);
      }
      return list;
    } catch (Throwable e) {
      list.close();
      throw e;
    }
  }

  /** The number of the label at hand, or -1 when it is unknown. */
  private int number(int position, int row) {
    int number = tables.get(position).find(labels.address, labels.length);
    if (number < 0 && encoding.unknown() == MultiHotEncoder.Unknown.ERROR) {
      MultiHotEncoding.Column column = encoding.columns().get(position);
      byte[] bytes = new byte[labels.length];
      Memory.copyToArray(labels.address, bytes, 0, bytes.length);
      String label = new String(bytes, StandardCharsets.UTF_8);
      String hint = Names.hint(label, column.labels());
      throw new ValueException(
          column.name(),
          row,
          String.format(
              "expected a label seen at fit but was '%s'%s%s set unknown=ignore or fit on data that"
                  + " has it",
              label, hint, hint.endsWith("?") ? " Else" : ";"));
    }
    return number;
  }

  private void checkpoint(int row) {
    if (row % Longs.BLOCK == 0) {
      context.checkpoint();
    }
  }
}
