package dev.baton.operators.json;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Strings;
import dev.baton.operators.io.fields.FieldColumn;
import dev.baton.operators.io.fields.FieldFormat;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.util.MemoryUtil;

/** Values of JSON as fields: an escaped one is a string with backslashes. */
final class JsonFormat implements FieldFormat {
  static final JsonFormat INSTANCE = new JsonFormat();

  /** What floats may be that JSON has no numbers for; infinity may have a minus before it. */
  static final List<String> NO_NUMBERS = List.of("NaN", "Infinity");

  private JsonFormat() {}

  @Override
  public long unescape(long from, long end, long to) {
    while (from < end) {
      byte b = Memory.getByte(from);
      if (b != '\\') {
        Memory.putByte(to++, b);
        from++;
        continue;
      }
      byte letter = Memory.getByte(from + 1);
      if (letter != 'u') {
        Memory.putByte(to++, plain(letter));
        from += 2;
        continue;
      }
      int character = unit(from + 2);
      from += 6;
      if (Character.isHighSurrogate((char) character)) {
        character = Character.toCodePoint((char) character, (char) unit(from + 2));
        from += 6;
      }
      to = utf8(character, to);
    }
    return to;
  }

  /** The value of a string as it stands in a file. */
  static String unescaped(String raw) {
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    ByteBuffer text = ByteBuffer.allocateDirect(2 * bytes.length).put(bytes);
    try {
      long from = MemoryUtil.getByteBufferAddress(text);
      long to = from + bytes.length;
      return Strings.of(to, (int) (INSTANCE.unescape(from, to, to) - to));
    } finally {
      // The address alone does not keep the memory.
      Reference.reachabilityFence(text);
    }
  }

  private static byte plain(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  private static long utf8(int character, long to) {
    if (character < 0x80) {
      Memory.putByte(to, (byte) character);
      return to + 1;
    }
    int more = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    int mark = more == 1 ? 0xC0 : more == 2 ? 0xE0 : 0xF0;
    Memory.putByte(to++, (byte) (mark | character >> 6 * more));
    for (int i = more - 1; i >= 0; i--) {
      Memory.putByte(to++, (byte) (0x80 | character >> 6 * i & 0x3F));
    }
    return to;
  }

  /** The UTF-16 unit that four hexadecimal digits write; -1 when they are none. */
  static int unit(long at) {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(Memory.getByte(at + i), 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  @Override
  public String remedy(FieldColumn column, String value) {
    return column.declared()
        ? "correct the value, or declare the column as utf8 in 'types'"
        : "the type was inferred from a sample: declare the column as utf8 in 'types', or raise"
            + " 'sampleRows'";
  }
}
