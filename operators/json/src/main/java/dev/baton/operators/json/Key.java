package dev.baton.operators.json;

import dev.baton.engine.batch.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A key that was met in objects of a certain place, and what its values are for. */
final class Key {
  /** The column that takes the value; -1 when none does. */
  final int column;

  /** The keys of an object that is the value; null when no column is in it. */
  final Keys inner;

  /** The key as it stands in the file with the quote behind it. */
  private final long[] words;

  private final long lastMask;

  /**
   * @param raw the key as it stands in the file
   */
  Key(String raw, int column, Keys inner) {
    this.column = column;
    this.inner = inner;
    byte[] bytes = (raw + '"').getBytes(StandardCharsets.UTF_8);
    int rest = bytes.length & 7;
    this.lastMask = rest == 0 ? -1 : (1L << 8 * rest) - 1;
    this.words = words(bytes);
  }

  private static long[] words(byte[] bytes) {
    ByteBuffer padded = ByteBuffer.allocate((bytes.length + 7) / 8 * 8).put(bytes);
    long[] words = new long[padded.capacity() / 8];
    padded.clear().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
    return words;
  }

  /**
   * Whether it stands at {@code at}, which is behind a quote. Reads no word behind one that ends
   * the line.
   */
  boolean isAt(long at) {
    int last = words.length - 1;
    for (int i = 0; i < last; i++) {
      if (Memory.getLong(at + 8L * i) != words[i]) {
        return false;
      }
    }
    return (Memory.getLong(at + 8L * last) & lastMask) == words[last];
  }

  /** The bytes it takes in the file, with the quote behind it. */
  int length() {
    return 8 * (words.length - 1) + (lastMask == -1 ? 8 : Long.bitCount(lastMask) / 8);
  }
}
