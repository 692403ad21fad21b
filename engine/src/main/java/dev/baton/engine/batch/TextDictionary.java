package dev.baton.engine.batch;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/**
 * Distinct texts that the rows of several batches refer to by number, as a file has them. What an
 * operator makes of a text it needs to make once for a dictionary, which it knows again by its
 * identity. Immutable, without nulls. Several hold one; the last who {@linkplain #close lets go}
 * releases it, on whatever thread.
 */
public final class TextDictionary implements AutoCloseable {
  private final VarCharVector texts;
  private final AtomicInteger holders = new AtomicInteger(1);

  /** A dictionary that owns {@code texts}, and that the caller holds. */
  public TextDictionary(VarCharVector texts) {
    this.texts = texts;
  }

  /** The texts by their numbers; only to be read, and only while the dictionary is held. */
  public VarCharVector texts() {
    return texts;
  }

  /** How many there are. */
  public int size() {
    return texts.getValueCount();
  }

  /** One holder more. */
  public TextDictionary retain() {
    holders.incrementAndGet();
    return this;
  }

  @Override
  public void close() {
    if (holders.decrementAndGet() == 0) {
      texts.close();
    }
  }

  /**
   * The texts of rows as a column of their own.
   *
   * @param numbers the number of the text of each row; a null has that of any text
   */
  VarCharVector decode(IntVector numbers) {
    int rows = numbers.getValueCount();
    BufferAllocator allocator = numbers.getAllocator();
    VarCharVector column = new VarCharVector(numbers.getName(), allocator);
    try (ArrowBuf offsets = allocator.buffer(4L * (rows + 1))) {
      int bytes = place(numbers, offsets.memoryAddress());
      try (ArrowBuf data = allocator.buffer(bytes + 8L)) {
        copy(numbers, offsets.memoryAddress(), data.memoryAddress());
        offsets.writerIndex(4L * (rows + 1));
        data.writerIndex(bytes);
        column.loadFieldBuffers(
            new ArrowFieldNode(rows, numbers.getNullCount()),
            List.of(numbers.getValidityBuffer(), offsets, data));
        return column;
      }
    } catch (Throwable e) {
      column.close();
      throw e;
    }
  }

  /** Writes where the texts of rows end, behind a zero; returns the end of the last one. */
  private int place(IntVector numbers, long offsets) {
    int rows = numbers.getValueCount();
    long from = Vectors.data(numbers);
    long validity = Validity.address(numbers);
    long ends = Vectors.offsets(texts);
    int used = 0;
    Memory.putInt(offsets, 0);
    for (int row = 0; row < rows; row++) {
      long place = Memory.getLong(ends + 4L * Memory.getInt(from + 4L * row));
      int present = -(Memory.getByte(validity + (row >>> 3)) >>> (row & 7) & 1);
      used = Math.addExact(used, (int) (place >>> 32) - (int) place & present);
      Memory.putInt(offsets + 4L * (row + 1), used);
    }
    return used;
  }

  private void copy(IntVector numbers, long offsets, long data) {
    int rows = numbers.getValueCount();
    long from = Vectors.data(numbers);
    long starts = Vectors.offsets(texts);
    long source = Vectors.data(texts);
    long end = source + Memory.getInt(starts + 4L * size());
    for (int row = 0; row < rows; row++) {
      int to = Memory.getInt(offsets + 4L * row);
      int length = Memory.getInt(offsets + 4L * row + 4) - to;
      long text = source + Memory.getInt(starts + 4L * Memory.getInt(from + 4L * row));
      if (length <= 8 && text + 8 <= end) {
        // What is behind a text is overwritten by the next one.
        Memory.putLong(data + to, Memory.getLong(text));
      } else {
        Memory.copy(text, data + to, length);
      }
    }
  }
}
