package dev.baton.engine.batch;

import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * {@link FitState}s as one Arrow row: each thing one of them writes is a column, of int64 lists,
 * float64 lists or binary.
 */
public final class StateRow {
  private StateRow() {}

  /** The row of states; the caller closes it. */
  public static Batch of(List<? extends FitState<?>> states, BufferAllocator allocator) {
    List<FieldVector> columns = new ArrayList<>();
    try {
      Writer writer = new Writer(columns, allocator);
      states.forEach(state -> state.write(writer));
      return Batch.of(1, columns);
    } catch (Throwable e) {
      columns.forEach(FieldVector::close);
      throw e;
    }
  }

  /**
   * The schema of the row of states, which depends on nothing but the estimators.
   *
   * @param states any states of those estimators
   */
  public static Schema schema(List<? extends FitState<?>> states, BufferAllocator allocator) {
    try (Batch row = of(states, allocator)) {
      return row.schema();
    }
  }

  /** Makes new states what the row says; the row is only borrowed. */
  public static void read(Batch row, List<? extends FitState<?>> states) {
    Reader reader = new Reader(row);
    states.forEach(state -> state.read(reader));
  }

  private record Writer(List<FieldVector> columns, BufferAllocator allocator)
      implements StateWriter {
    @Override
    public void longs(long... values) {
      long address = Vectors.data(list(Types.INT64, values.length));
      for (int i = 0; i < values.length; i++) {
        Memory.putLong(address + 8L * i, values[i]);
      }
    }

    @Override
    public void doubles(double... values) {
      long address = Vectors.data(list(Types.FLOAT64, values.length));
      for (int i = 0; i < values.length; i++) {
        Memory.putDouble(address + 8L * i, values[i]);
      }
    }

    @Override
    public void bytes(byte[] values) {
      VarBinaryVector column = new VarBinaryVector(name(), allocator);
      columns.add(column);
      column.allocateNew(values.length, 1);
      column.set(0, values);
      column.setValueCount(1);
    }

    private String name() {
      return Integer.toString(columns.size());
    }

    /** Adds a list column of one list of {@code length} valid elements; gives the elements. */
    private FieldVector list(ArrowType element, int length) {
      Field field = Types.listField(name(), element);
      ListVector column = (ListVector) field.createVector(allocator);
      columns.add(column);
      // Else there is room for thousands of lists, all of it filled with zeros.
      column.setInitialTotalCapacity(1, Math.max(1, length));
      column.allocateNew();
      BaseFixedWidthVector data = (BaseFixedWidthVector) column.getDataVector();
      column.startNewValue(0);
      column.endValue(0, length);
      column.setValueCount(1);
      data.setValueCount(length);
      if (length > 0) {
        Validity.setAll(data.getValidityBuffer(), length);
      }
      return data;
    }
  }

  private static final class Reader implements StateReader {
    private final Batch row;
    private int next;

    Reader(Batch row) {
      this.row = row;
    }

    private FieldVector elements() {
      return ((ListVector) row.column(next++)).getDataVector();
    }

    @Override
    public long[] longs() {
      FieldVector data = elements();
      long address = Vectors.data(data);
      long[] values = new long[data.getValueCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Memory.getLong(address + 8L * i);
      }
      return values;
    }

    @Override
    public double[] doubles() {
      FieldVector data = elements();
      long address = Vectors.data(data);
      double[] values = new double[data.getValueCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Memory.getDouble(address + 8L * i);
      }
      return values;
    }

    @Override
    public byte[] bytes() {
      VarBinaryVector column = (VarBinaryVector) row.column(next++);
      ArrowBuf data = column.getDataBuffer();
      byte[] values = new byte[column.getValueLength(0)];
      data.getBytes(0, values);
      return values;
    }
  }
}
