package dev.baton.operators.text;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.ListColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The vectors of the rows of a batch, gathered on the heap row by row and then written in one go.
 * Confined to one thread.
 */
public final class Vectored {
  private final VectorForm form;
  private int[] offsets = new int[1];
  private int[] indices = new int[1024];
  private double[] values = new double[1024];
  private int rowStart;
  private int count;

  public Vectored(VectorForm form) {
    this.form = form;
  }

  /** The column they are of. */
  String column() {
    return form.column();
  }

  /** Starts on a column. */
  public void start(int rows) {
    offsets = rows < offsets.length ? offsets : new int[rows + 1];
    count = 0;
    rowStart = 0;
  }

  /** Adds a value to the row; indices ascend. */
  public void add(int index, double value) {
    if (count == indices.length) {
      indices = Arrays.copyOf(indices, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    indices[count] = index;
    values[count++] = value;
  }

  /** Ends a row, which has got its values or none. */
  public void end(int row, Norm norm) {
    norm.divide(values, rowStart, count);
    rowStart = count;
    offsets[row + 1] = count;
  }

  /**
   * Puts the vectors into the batch, in the place of the column that they replace.
   *
   * @param features the length of a dense vector
   */
  public void put(Batch batch, int features, BufferAllocator allocator) {
    FieldVector source = form.replaces() ? batch.column(form.column()) : null;
    switch (form.output()) {
      case SPARSE -> putSparse(batch, source, allocator);
      case DENSE -> batch.put(dense(source, features, batch.rows(), allocator));
      case COLUMNS -> putColumns(batch, source, allocator);
    }
  }

  private void putSparse(Batch batch, FieldVector source, BufferAllocator allocator) {
    int rows = batch.rows();
    ListVector index = ListColumns.fixed(form.indices(), source, offsets, rows, allocator);
    ListVector value;
    try {
      value = ListColumns.fixed(form.values(), source, offsets, rows, allocator);
    } catch (Throwable e) {
      index.close();
      throw e;
    }
    long toIndices = Vectors.data(index.getDataVector());
    for (int i = 0; i < count; i++) {
      Memory.putInt(toIndices + 4L * i, indices[i]);
      indices[i] = i;
    }
    write(Vectors.data(value.getDataVector()), indices);
    makeRoom(batch);
    batch.put(index);
    batch.put(value);
  }

  private void putColumns(Batch batch, FieldVector source, BufferAllocator allocator) {
    int rows = batch.rows();
    List<FieldVector> made = new ArrayList<>();
    try {
      for (Field field : form.fields()) {
        FieldVector target = Vectors.fixed(field, rows, allocator);
        made.add(target);
        if (source != null) {
          Vectors.copyValidity(source, target);
        } else if (rows > 0) {
          Validity.setAll(Validity.address(target), rows);
        }
      }
    } catch (Throwable e) {
      made.forEach(FieldVector::close);
      throw e;
    }
    long[] targets = made.stream().mapToLong(Vectors::data).toArray();
    for (int row = 0; row < rows; row++) {
      for (int i = offsets[row]; i < offsets[row + 1]; i++) {
        write(targets[indices[i]], row, values[i]);
      }
    }
    makeRoom(batch);
    made.forEach(batch::put);
  }

  private void makeRoom(Batch batch) {
    if (form.replaces()) {
      batch.drop(form.column());
    }
  }

  private void write(long to, int row, double value) {
    if (form.element().equals(Types.INT32)) {
      Memory.putInt(to + 4L * row, (int) value);
    } else if (form.element().equals(Types.FLOAT32)) {
      Memory.putFloat(to + 4L * row, (float) value);
    } else {
      Memory.putDouble(to + 8L * row, value);
    }
  }

  /** Writes each value to its place. */
  private void write(long to, int[] places) {
    if (form.element().equals(Types.INT32)) {
      for (int i = 0; i < count; i++) {
        Memory.putInt(to + 4L * places[i], (int) values[i]);
      }
    } else if (form.element().equals(Types.FLOAT32)) {
      for (int i = 0; i < count; i++) {
        Memory.putFloat(to + 4L * places[i], (float) values[i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        Memory.putDouble(to + 8L * places[i], values[i]);
      }
    }
  }

  private ListVector dense(FieldVector source, int features, int rows, BufferAllocator allocator) {
    if ((long) rows * features > Integer.MAX_VALUE - 64) {
      throw new ValueException(
          form.column(),
          0,
          String.format(
              "dense vectors of %d features for %d rows do not fit a column; set fewer features,"
                  + " output=sparse or smaller batches",
              features, rows));
    }
    int[] ends = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      boolean valid = source == null || Validity.isSet(Validity.address(source), row);
      ends[row + 1] = ends[row] + (valid ? features : 0);
    }
    ListVector list = ListColumns.fixed(form.dense(), source, ends, rows, allocator);
    for (int row = 0; row < rows; row++) {
      for (int i = offsets[row]; i < offsets[row + 1]; i++) {
        indices[i] += ends[row];
      }
    }
    write(Vectors.data(list.getDataVector()), indices);
    return list;
  }
}
