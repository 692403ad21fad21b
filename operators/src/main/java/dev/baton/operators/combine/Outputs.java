package dev.baton.operators.combine;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.Longs;
import dev.baton.operators.internal.TextBuilder;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Makes columns of words, as {@link RingColumn} has them. The caller closes them. */
final class Outputs {
  private Outputs() {}

  /** A column of any fixed width. */
  static FieldVector words(
      Field field, long[] words, boolean[] has, int rows, BufferAllocator allocator) {
    FieldVector vector = Vectors.fixed(field, rows, allocator);
    Longs.store(words, vector, 0, rows);
    long validity = Validity.address(vector);
    for (int word = 0; word < Validity.words(rows); word++) {
      long bits = 0;
      for (int row = word << 6; row < Math.min(rows, word + 1 << 6); row++) {
        bits |= (has[row] ? 1L : 0L) << row;
      }
      Validity.putWord(validity, word, rows, bits);
    }
    return vector;
  }

  /**
   * A column of texts.
   *
   * @param words the number of a text among {@code texts}, or {@code ~row} for that of a row of
   *     {@code source}
   * @param source may be null when all are numbers
   */
  static FieldVector texts(
      Field field,
      long[] words,
      boolean[] has,
      int rows,
      FieldVector source,
      KeyTable texts,
      BufferAllocator allocator) {
    long data = source == null ? 0 : Vectors.data(source);
    long offsets = source == null ? 0 : Vectors.offsets(source);
    long bytes = source == null ? 16L * rows : source.getDataBuffer().readableBytes();
    try (TextBuilder builder = new TextBuilder(field.getName(), rows, bytes, allocator)) {
      for (int row = 0; row < rows; row++) {
        if (!has[row]) {
          builder.appendNull();
        } else if (words[row] < 0) {
          long offset = offsets + 4L * ~words[row];
          int start = Memory.getInt(offset);
          builder.append(data + start, Memory.getInt(offset + 4) - start);
        } else {
          int number = (int) words[row];
          int length = texts.length(number);
          long to = builder.room(length + 8);
          texts.copy(number, to);
          builder.appendTo(to + length);
        }
      }
      return builder.finish();
    }
  }
}
