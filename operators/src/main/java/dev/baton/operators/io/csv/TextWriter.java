package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Swar;
import dev.baton.operators.io.fields.FieldWriter;
import dev.baton.operators.io.fields.NullTokens;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Writes text, in quotes when it would read back as something else without. */
final class TextWriter extends FieldWriter {
  private static final long QUOTES = Swar.broadcast('"');
  private static final long NEWLINES = Swar.broadcast('\n');
  private static final long RETURNS = Swar.broadcast('\r');

  private final long delimiters;
  private final char delimiter;
  private final NullTokens missing;
  private long offsets;

  TextWriter(String name, char delimiter, String nullToken) {
    super(name);
    this.delimiter = delimiter;
    this.delimiters = Swar.broadcast(delimiter);
    this.missing = new NullTokens(List.of(nullToken));
  }

  @Override
  public void bind(FieldVector column) {
    super.bind(column);
    offsets = column.getOffsetBuffer().memoryAddress();
  }

  @Override
  public long room(int row) {
    return 2L * (end(row) - start(row)) + 2;
  }

  private int start(int row) {
    return Memory.getInt(offsets + 4L * row);
  }

  private int end(int row) {
    return Memory.getInt(offsets + 4L * row + 4);
  }

  @Override
  public long write(long at, int row) {
    long from = data + start(row);
    int length = end(row) - start(row);
    if (missing.matches(from, length) || special(from, length)) {
      return quoted(from, from + length, at);
    }
    Memory.copy(from, at, length);
    return at + length;
  }

  /** Reads no byte past the text, which may end where its buffer does. */
  private boolean special(long from, int length) {
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      long word = Memory.getLong(from + i);
      if ((Swar.match(word, delimiters)
              | Swar.match(word, QUOTES)
              | Swar.match(word, NEWLINES)
              | Swar.match(word, RETURNS))
          != 0) {
        return true;
      }
    }
    for (; i < length; i++) {
      byte b = Memory.getByte(from + i);
      if (b == delimiter || b == '"' || b == '\n' || b == '\r') {
        return true;
      }
    }
    return false;
  }

  private static long quoted(long from, long end, long at) {
    Memory.putByte(at++, (byte) '"');
    for (; from < end; from++) {
      byte b = Memory.getByte(from);
      if (b == '"') {
        Memory.putByte(at++, b);
      }
      Memory.putByte(at++, b);
    }
    Memory.putByte(at++, (byte) '"');
    return at;
  }
}
