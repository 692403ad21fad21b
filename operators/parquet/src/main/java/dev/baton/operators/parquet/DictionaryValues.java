package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.KeyTable;

/** Writes the keys of a table as in a PLAIN page. */
final class DictionaryValues {
  private DictionaryValues() {}

  static void append(KeyTable keys, int number, WrittenColumn column, GrowingBuffer out)
      throws CorruptException {
    switch (column.width()) {
      case 0 -> {
        int length = keys.length(number);
        // Keys are copied in whole words.
        long to = out.room(length + 16L);
        Memory.putInt(to, length);
        keys.copy(number, to + 4);
        out.advance(4L + length);
      }
      case 4 -> {
        Memory.putInt(out.room(4), (int) keys.value(number));
        out.advance(4);
      }
      default -> {
        Memory.putLong(out.room(8), keys.value(number));
        out.advance(8);
      }
    }
  }
}
