package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A text that is written again and again, in whole words. Immutable. */
final class Snippet {
  private final long[] words;
  private final int length;

  Snippet(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer padded = ByteBuffer.allocate(Math.max(1, (bytes.length + 7) / 8) * 8).put(bytes);
    words = new long[padded.capacity() / 8];
    padded.clear().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
    length = bytes.length;
  }

  /** Its first eight bytes. */
  long first() {
    return words[0];
  }

  /** Its bytes. */
  int length() {
    return length;
  }

  /** Bytes that {@link #write} touches. */
  long room() {
    return 8L * words.length;
  }

  /** Writes the text; returns the address behind it. */
  long write(long at) {
    for (int i = 0; i < words.length; i++) {
      Memory.putLong(at + 8L * i, words[i]);
    }
    return at + length;
  }
}
