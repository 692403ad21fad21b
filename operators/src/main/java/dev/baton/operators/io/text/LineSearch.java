package dev.baton.operators.io.text;

import dev.baton.engine.source.SourceException;
import dev.baton.operators.io.ByteSplits;
import dev.baton.operators.io.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Finds where lines or paragraphs start, looking only at the bytes from the place asked for to the
 * answer. Confined to one thread at a time.
 */
public final class LineSearch implements ByteSplits.Search {
  /** No line or paragraph may be longer, so that a file without any is not read to its end. */
  private static final long MOST_BYTES = 64L << 20;

  private final InputFile file;
  private final long first;
  private final boolean paragraphs;
  private final FileChannel channel;
  private final ByteBuffer window = ByteBuffer.allocate(64 * 1024);
  private long windowStart;

  /**
   * @param first where the first row starts
   */
  public LineSearch(InputFile file, long first, boolean paragraphs) throws IOException {
    this.file = file;
    this.first = first;
    this.paragraphs = paragraphs;
    this.channel = file.channel();
    this.windowStart = first;
    window.limit(0);
  }

  @Override
  public long atOrAfter(long target) throws IOException {
    // A line starts at target if the byte before it is a newline.
    long start = nextLine(Math.max(first, target - 1), target);
    if (!paragraphs) {
      return start;
    }
    boolean afterBlank = false;
    while (start < file.size()) {
      boolean blank = isBlank(start);
      if (afterBlank && !blank) {
        return start;
      }
      afterBlank |= blank;
      start = nextLine(start, target);
    }
    return start;
  }

  /** Where the next line starts after the newline at or after {@code from}. */
  private long nextLine(long from, long target) throws IOException {
    for (long at = from; at < file.size(); at++) {
      if (byteAt(at) == '\n') {
        return at + 1;
      }
      if (at - target > MOST_BYTES) {
        throw new SourceException(
            file.place(target)
                + ": no "
                + (paragraphs ? "paragraph" : "line")
                + " ends within 64 MiB; is this a text file?");
      }
    }
    return file.size();
  }

  private boolean isBlank(long start) throws IOException {
    for (long at = start; at < file.size(); at++) {
      byte letter = byteAt(at);
      if (letter == '\n') {
        return true;
      }
      if (letter != ' ' && letter != '\t' && letter != '\r') {
        return false;
      }
    }
    return true;
  }

  private byte byteAt(long at) throws IOException {
    if (at < windowStart || at >= windowStart + window.limit()) {
      windowStart = at;
      window.clear().limit((int) Math.min(window.capacity(), file.size() - at));
      file.read(channel, window, at);
    }
    return window.get((int) (at - windowStart));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
