package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.source.SourceException;
import dev.baton.operators.internal.Swar;
import dev.baton.operators.io.ByteSplits;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Finds where records start by going through a file once, forwards. Whether a newline ends a record
 * depends on every quote before it, so nothing can be left out; but only quotes matter until the
 * place asked for, and they are looked for eight bytes at a time.
 *
 * <p>A quote that follows directly on a closing quote opens the field again, which is what a
 * doubled quote amounts to. Confined to one thread at a time.
 */
final class RecordSearch implements ByteSplits.Search {
  /**
   * No record may be longer, so that a quote nobody closed does not read a huge file to its end.
   */
  static final long MOST_RECORD_BYTES = 64L << 20;

  private static final int WINDOW = 256 * 1024;
  private static final long QUOTES = Swar.broadcast('"');
  private static final long NEWLINES = Swar.broadcast('\n');

  private final CsvFile file;
  private final FileChannel channel;
  private final ByteBuffer window;
  private final long address;
  private long windowStart;
  private int windowLength;

  /** All before this has been seen; {@code quoted} and {@code before} describe its last byte. */
  private long offset;

  private boolean quoted;
  private byte before = '\n';
  private long opened;
  private long closed = -1;

  /**
   * @param start where a record starts
   */
  RecordSearch(CsvFile file, long start) throws IOException {
    this.file = file;
    this.channel = file.channel();
    this.offset = start;
    this.windowStart = start;
    this.window = ByteBuffer.allocateDirect((int) Math.min(WINDOW, file.size() - start) + 8);
    this.address = MemoryUtil.getByteBufferAddress(window);
  }

  /**
   * The first record start at or after {@code target}, which must be greater than the previous
   * answer; the size of the file when there is none.
   */
  @Override
  public long atOrAfter(long target) throws IOException {
    // A record starts at target if the byte before it is a newline outside quotes.
    while (offset < target - 1 && fill()) {
      passQuotes(Math.min(target - 1, windowStart + windowLength));
    }
    while (fill()) {
      if (toQuoteOrNewline()) {
        return offset;
      }
      if (offset - target > MOST_RECORD_BYTES) {
        throw new SourceException(
            quoted
                ? file.place(opened)
                    + ": the quote that opens this field is not closed within 64 MiB"
                : file.place(target) + ": no line ends within 64 MiB; is this a CSV file?");
      }
    }
    return file.size();
  }

  /** Goes on to {@code limit}, which is in the window. */
  private void passQuotes(long limit) {
    byte delimiter = file.delimiter();
    boolean inside = quoted;
    long lastOpened = opened;
    long lastClosed = closed;
    long base = address - windowStart;
    for (long word = offset; word < limit; word += 8) {
      long hits = Swar.matches(Memory.getLong(base + word), QUOTES);
      for (; hits != 0; hits &= hits - 1) {
        long at = word + Swar.first(hits);
        if (at >= limit) {
          break;
        }
        if (inside) {
          inside = false;
          lastClosed = at;
          continue;
        }
        byte previous = at == offset ? before : Memory.getByte(base + at - 1);
        if (at - 1 == lastClosed || previous == delimiter || previous == '\n') {
          inside = true;
          lastOpened = at;
        }
      }
    }
    quoted = inside;
    opened = lastOpened;
    closed = lastClosed;
    seen(limit);
  }

  /** Goes on to behind the first quote or newline; returns whether a record ends there. */
  private boolean toQuoteOrNewline() {
    long limit = windowStart + windowLength;
    long at = offset;
    long hit = 0;
    while (at < limit
        && (hit = Swar.match(word(at), QUOTES) | Swar.match(word(at), NEWLINES)) == 0) {
      at += 8;
    }
    at += Swar.first(hit) & 7;
    if (at >= limit || hit == 0) {
      seen(limit);
      return false;
    }
    if (byteAt(at) == '"') {
      quote(at);
      return false;
    }
    seen(at + 1);
    return !quoted;
  }

  private void quote(long at) {
    byte previous = at == offset ? before : byteAt(at - 1);
    if (quoted) {
      quoted = false;
      closed = at;
    } else if (previous == file.delimiter() || previous == '\n' || at - 1 == closed) {
      quoted = true;
      opened = at;
    }
    seen(at + 1);
  }

  private void seen(long end) {
    if (end > offset) {
      before = byteAt(end - 1);
      offset = end;
    }
  }

  /** Makes sure that the byte at the offset is in the window; false at the end of the file. */
  private boolean fill() throws IOException {
    if (offset < windowStart + windowLength) {
      return true;
    }
    windowStart = offset;
    windowLength = (int) Math.min(WINDOW, file.size() - offset);
    if (windowLength > 0) {
      window.clear().limit(windowLength);
      file.read(channel, window, windowStart);
    }
    return windowLength > 0;
  }

  private long word(long at) {
    return Memory.getLong(address + (at - windowStart));
  }

  private byte byteAt(long at) {
    return Memory.getByte(address + (at - windowStart));
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      // The address alone does not keep the memory while others search.
      Reference.reachabilityFence(window);
    }
  }
}
