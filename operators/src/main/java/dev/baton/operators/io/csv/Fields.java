package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Memory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A field in the index a {@link Tokenizer} makes, in one 64-bit word: where its text starts, in
 * bytes from the start of the text at hand, how long it is, and how it was quoted.
 *
 * <pre>
 *  63 ........ 32 | 31      | 30     | 29 ........ 0
 *  start          | escaped | quoted | length
 * </pre>
 *
 * Start and length leave the enclosing quotes out; an escaped field contains doubled quotes.
 */
final class Fields {
  static final int LENGTH = (1 << 30) - 1;
  static final int QUOTED = 1 << 30;
  static final int ESCAPED = 1 << 31;

  private Fields() {}

  static long pack(long start, long length) {
    return start << 32 | length;
  }

  static long packQuoted(long start, long length, boolean escaped) {
    return start << 32 | length | QUOTED | (escaped ? ESCAPED & 0xFFFFFFFFL : 0);
  }

  static int start(long field) {
    return (int) (field >>> 32);
  }

  static int length(long field) {
    return (int) field & LENGTH;
  }

  static boolean quoted(long field) {
    return (field & QUOTED) != 0;
  }

  static boolean escaped(long field) {
    return (int) field < 0;
  }

  /** The bytes of the value: doubled quotes are single. */
  static byte[] bytes(long base, long field) {
    byte[] raw = new byte[length(field)];
    Memory.copyToArray(base + start(field), raw, 0, raw.length);
    if (!escaped(field)) {
      return raw;
    }
    int kept = 0;
    for (int i = 0; i < raw.length; i++) {
      raw[kept++] = raw[i];
      if (raw[i] == '"') {
        i++;
      }
    }
    return java.util.Arrays.copyOf(raw, kept);
  }

  /** The value for a message: short, and readable whatever its bytes are. */
  static String show(long base, long field) {
    String text = new String(bytes(base, field), StandardCharsets.UTF_8);
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  /** The value, or null when it is not UTF-8. */
  static String decode(long base, long field) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes(base, field)))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
