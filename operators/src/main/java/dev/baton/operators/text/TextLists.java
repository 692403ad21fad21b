package dev.baton.operators.text;

import dev.baton.engine.batch.Types;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;

/**
 * The lists of texts of one column of a batch, gathered row by row and then written in one go.
 * Confined to one thread.
 */
final class TextLists {
  private final Scratch bytes = new Scratch();
  private int[] offsets = new int[1];
  private int[] ends = new int[256];
  private int count;

  /** Starts on a column. */
  void start(int rows) {
    offsets = rows < offsets.length ? offsets : new int[rows + 1];
    bytes.size = 0;
    count = 0;
  }

  /** Adds a text to the list of the row. */
  void add(long address, int length) {
    bytes.put(address, length);
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count++] = bytes.size;
  }

  /** Ends the list of a row. */
  void end(int row) {
    offsets[row + 1] = count;
  }

  /** The column, with the nulls of {@code source}; the caller closes it. */
  ListVector column(String name, FieldVector source, int rows, BufferAllocator allocator) {
    return Lists.texts(
        Types.listField(name, Types.UTF8), source, offsets, rows, bytes, ends, allocator);
  }
}
