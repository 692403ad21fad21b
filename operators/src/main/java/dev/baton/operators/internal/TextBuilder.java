package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VarCharVector;

/**
 * Writes a text column from its first row to its last. The caller closes the builder in every case;
 * the column it {@link #finish finishes} then belongs to the caller.
 */
public final class TextBuilder implements AutoCloseable {
  private VarCharVector vector;
  private final int rows;
  private long data;
  private long capacity;
  private final long offsets;
  private final long validity;
  private int used;
  private int row;

  /**
   * A builder of exactly {@code rows} values.
   *
   * @param bytes how many bytes they may have together; a guess, as it grows
   */
  public TextBuilder(String name, int rows, long bytes, BufferAllocator allocator) {
    this.rows = rows;
    vector = new VarCharVector(Types.field(name, Types.UTF8), allocator);
    try {
      vector.allocateNew(Math.max(1, bytes), Math.max(1, rows));
    } catch (Throwable e) {
      vector.close();
      throw e;
    }
    offsets = Vectors.offsets(vector);
    validity = Validity.address(vector);
    attach();
  }

  private void attach() {
    data = Vectors.data(vector);
    capacity = vector.getDataBuffer().capacity();
  }

  /** The next row's value from UTF-8 bytes outside the heap. */
  public void append(long address, int length) {
    reserve(length);
    Memory.copy(address, data + used, length);
    end(length);
  }

  /** The next row's value from UTF-8 bytes. */
  public void append(byte[] bytes, int length) {
    reserve(length);
    Memory.copyFromArray(bytes, 0, data + used, length);
    end(length);
  }

  /** The next row's value; allocates, so not for kernels' loops. */
  public void append(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    append(bytes, bytes.length);
  }

  /** Makes room for the next row's value of at most {@code bytes}, which starts there. */
  public long room(int bytes) {
    reserve(bytes);
    return data + used;
  }

  /** The next row's value is what has been written from {@link #room} to {@code end}. */
  public void appendTo(long end) {
    end((int) (end - data - used));
  }

  /** The next row has no value. */
  public void appendNull() {
    row++;
    Memory.putInt(offsets + 4L * row, used);
  }

  private void end(int length) {
    used += length;
    Validity.set(validity, row);
    row++;
    Memory.putInt(offsets + 4L * row, used);
  }

  private void reserve(int length) {
    long needed = (long) used + length;
    if (needed > capacity) {
      if (needed > Integer.MAX_VALUE) {
        throw new IllegalStateException(
            "more than 2 GiB of text in column '"
                + vector.getName()
                + "' of one batch; use smaller batches");
      }
      vector.reallocDataBuffer(Math.max(needed, Math.min(2 * capacity, Integer.MAX_VALUE)));
      attach();
    }
  }

  /** Rows written so far. */
  public int row() {
    return row;
  }

  /** The column, when all rows are written. */
  public VarCharVector finish() {
    if (row != rows) {
      throw new IllegalStateException(row + " of " + rows + " rows written");
    }
    VarCharVector finished = vector;
    finished.setLastSet(rows - 1);
    finished.setValueCount(rows);
    vector = null;
    return finished;
  }

  @Override
  public void close() {
    if (vector != null) {
      vector.close();
      vector = null;
    }
  }
}
