package dev.baton.operators.io;

import dev.baton.engine.source.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The splits of a file of records: about equal byte ranges that begin at the first record at or
 * after equally spaced offsets. They are found when first asked for, in order, and kept.
 * Thread-safe.
 */
public final class ByteSplits implements AutoCloseable {
  /**
   * Whole records.
   *
   * @param start the first byte
   * @param end the first byte no more
   * @param line the line in which it starts, from 1; 0 where nobody counts
   */
  public record Range(long start, long end, long line) implements Split {
    @Override
    public long bytes() {
      return end - start;
    }
  }

  /** Finds where records start, forwards. */
  public interface Search extends AutoCloseable {
    /**
     * A record start at or after {@code target}, which must be greater than the previous answer;
     * the size of the file when there is none.
     */
    long atOrAfter(long target) throws IOException;

    /** The line in which the last answer lies, or the first record; 0 where nobody counts. */
    default long line() {
      return 0;
    }

    @Override
    void close() throws IOException;
  }

  /** Opens a search when the first one is needed. */
  @FunctionalInterface
  public interface Opener {
    Search open() throws IOException;
  }

  private final long first;
  private final long size;
  private final long parts;
  private final Opener opener;

  /** Starts of the splits found so far; the last one is the file's size when all are. */
  private long[] starts = new long[16];

  /** The lines in which they lie, but the last. */
  private long[] lines = new long[16];

  private int known = 1;
  private long part = 1;
  private Search search;

  /**
   * @param first where the first record starts
   * @param size of the file
   * @param target about how many bytes a split should have
   */
  public ByteSplits(long first, long size, long target, Opener opener) {
    this.first = first;
    this.size = size;
    this.parts = (size - first + target - 1) / target;
    this.opener = opener;
    this.starts[0] = first;
  }

  /** The splits from the first to the last. */
  public Iterator<Range> iterator() {
    return new Iterator<>() {
      private int number;
      private Range next;

      @Override
      public boolean hasNext() {
        try {
          next = next != null ? next : get(number);
          return next != null;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public Range next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Range split = next;
        next = null;
        number++;
        return split;
      }
    };
  }

  /** The split of that number from 0, or null behind the last one. */
  public synchronized Range get(int number) throws IOException {
    while (known < number + 2) {
      if (starts[known - 1] == size) {
        return null;
      }
      find();
    }
    return new Range(starts[number], starts[number + 1], lines[number]);
  }

  private void find() throws IOException {
    if (search == null) {
      search = opener.open();
      lines[0] = search.line();
    }
    long bytes = size - first;
    long next = size;
    for (; part < parts; part++) {
      long target = first + bytes / parts * part + bytes % parts * part / parts;
      if (target > starts[known - 1]) {
        next = search.atOrAfter(target);
        break;
      }
    }
    if (known == starts.length) {
      starts = Arrays.copyOf(starts, 2 * known);
      lines = Arrays.copyOf(lines, 2 * known);
    }
    lines[known] = search.line();
    if (next == size) {
      close();
    }
    starts[known++] = next;
  }

  @Override
  public synchronized void close() throws IOException {
    if (search != null) {
      search.close();
      search = null;
    }
  }
}
