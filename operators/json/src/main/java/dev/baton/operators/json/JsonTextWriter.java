package dev.baton.operators.json;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.internal.Decimals;
import dev.baton.operators.internal.Swar;
import dev.baton.operators.io.fields.FieldWriter;
import org.apache.arrow.vector.FieldVector;

/** Writes text as strings; nothing is escaped that need not be. */
final class JsonTextWriter extends FieldWriter {
  /** The four bytes of the word null. */
  static final int NULL = 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24;

  private static final long QUOTES = Swar.broadcast('"');
  private static final long BACKSLASHES = Swar.broadcast('\\');
  private static final long SPACES = Swar.broadcast(' ');
  private static final int LONGEST_ESCAPE = 6;

  private long offsets;

  JsonTextWriter(String name) {
    super(name);
  }

  @Override
  public void bind(FieldVector column) {
    super.bind(column);
    offsets = Vectors.offsets(column);
  }

  @Override
  public long room(int row) {
    return (long) LONGEST_ESCAPE * length(row) + 2;
  }

  private int length(int row) {
    return Memory.getInt(offsets + 4L * row + 4) - Memory.getInt(offsets + 4L * row);
  }

  @Override
  public long write(long at, int row) {
    long from = data + Memory.getInt(offsets + 4L * row);
    long end = from + length(row);
    Memory.putByte(at++, (byte) '"');
    // Reads no byte past the text, which may end where its buffer does.
    for (; end - from >= 8; from += 8) {
      long word = Memory.getLong(from);
      if (special(word)) {
        at = escaped(from, from + 8, at);
      } else {
        Memory.putLong(at, word);
        at += 8;
      }
    }
    at = escaped(from, end, at);
    Memory.putByte(at++, (byte) '"');
    return at;
  }

  private static boolean special(long word) {
    return (Swar.match(word, QUOTES)
            | Swar.match(word, BACKSLASHES)
            | word - SPACES & ~word & Swar.HIGH_BITS)
        != 0;
  }

  private static long escaped(long from, long end, long at) {
    for (; from < end; from++) {
      byte b = Memory.getByte(from);
      if (b == '"' || b == '\\') {
        Memory.putByte(at++, (byte) '\\');
        Memory.putByte(at++, b);
      } else if (b >= 0 && b < ' ') {
        at = Decimals.ascii(control(b), at);
      } else {
        Memory.putByte(at++, b);
      }
    }
    return at;
  }

  private static String control(int letter) {
    return switch (letter) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format("\\u%04x", letter);
    };
  }

  /** A key as it is written. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        quoted.append(control(c));
      } else {
        quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
