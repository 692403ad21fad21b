package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Vectors;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.FieldVector;

/** UTF-8 text outside the heap as strings; allocates, so not for kernels' loops. */
public final class Strings {
  private Strings() {}

  /** The value of a row, not null, of a text column. */
  public static String of(FieldVector column, int row) {
    long at = Vectors.offsets(column) + 4L * row;
    int start = Memory.getInt(at);
    return of(Vectors.data(column) + start, Memory.getInt(at + 4) - start);
  }

  /** The text of {@code length} bytes. */
  public static String of(long address, int length) {
    byte[] bytes = new byte[length];
    Memory.copyToArray(address, bytes, 0, length);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
