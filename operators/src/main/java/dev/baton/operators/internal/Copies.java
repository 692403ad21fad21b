package dev.baton.operators.internal;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;

/** Columns that a kernel may write. */
public final class Copies {
  private Copies() {}

  /**
   * A column of numbers or booleans that may be written: itself when no other batch sees it, else a
   * copy <em>already put into the batch</em> in its place.
   */
  public static FieldVector writable(Batch batch, String name, BufferAllocator allocator) {
    FieldVector source = batch.column(name);
    if (batch.askToWrite(name)) {
      return source;
    }
    int rows = batch.rows();
    FieldVector copy = Vectors.fixed(source.getField(), rows, allocator);
    Vectors.copyValidity(source, copy);
    long bytes =
        source instanceof BitVector
            ? Validity.bytes(rows)
            : (long) ((BaseFixedWidthVector) source).getTypeWidth() * rows;
    Memory.copy(Vectors.data(source), Vectors.data(copy), bytes);
    batch.put(copy);
    return copy;
  }
}
