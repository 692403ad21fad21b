package dev.baton.operators.io;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Swar;

/**
 * Finds where records end in text that comes in pieces, in one go from the first byte to the last.
 * A newline ends a record unless it is within quotes, for formats that have quotes.
 *
 * <p>A quote opens a field at its start and any quote closes it; one that follows directly on a
 * closing quote opens it again. Confined to one thread.
 */
final class RecordCutter {
  private static final long NEWLINES = Swar.broadcast('\n');
  private static final long QUOTES = Swar.broadcast('"');

  private final boolean quotes;
  private final byte delimiter;
  private boolean inside;
  private boolean closed;
  private byte before = '\n';
  private long lines;

  private RecordCutter(boolean quotes, byte delimiter) {
    this.quotes = quotes;
    this.delimiter = delimiter;
  }

  /** For records that are lines. */
  static RecordCutter ofLines() {
    return new RecordCutter(false, (byte) 0);
  }

  /** For records of fields that may be quoted. */
  static RecordCutter ofFields(byte delimiter) {
    return new RecordCutter(true, delimiter);
  }

  /** Newlines passed so far. */
  long lines() {
    return lines;
  }

  /** Passes text behind which a record starts. */
  void skip(long address, int length) {
    lines += LineCount.newlines(address, length);
  }

  /**
   * Goes on from byte {@code from} of the text at {@code address}, up to {@code end}.
   *
   * @return where the first record starts at or behind {@code target}, having passed all before it;
   *     -1 when none does, having passed all
   */
  int next(long address, int from, int end, int target) {
    int at = from;
    while (at < end) {
      if (end - at >= 8 && boring(Memory.getLong(address + at))) {
        at += 8;
        before = Memory.getByte(address + at - 1);
        closed = false;
        continue;
      }
      byte b = Memory.getByte(address + at++);
      if (b == '\n') {
        lines++;
      }
      if (quotes && b == '"') {
        boolean opens = !inside && (closed || before == delimiter || before == '\n');
        closed = inside;
        inside = opens;
      } else {
        closed = false;
      }
      before = b;
      if (b == '\n' && !inside && at >= target) {
        return at;
      }
    }
    return -1;
  }

  private boolean boring(long word) {
    return (Swar.match(word, NEWLINES) | (quotes ? Swar.match(word, QUOTES) : 0)) == 0;
  }
}
