package dev.baton.operators.io.csv;

import dev.baton.engine.source.Split;
import java.io.IOException;
import java.util.Arrays;

/**
 * The splits of a file: about equal byte ranges that begin at the first record at or after equally
 * spaced offsets. They are found when first asked for, in order, and kept. Thread-safe.
 */
final class CsvSplits implements AutoCloseable {
  /** Whole records. */
  record Range(long start, long end) implements Split {
    @Override
    public long bytes() {
      return end - start;
    }
  }

  private final CsvFile file;
  private final long first;
  private final long parts;

  /** Starts of the splits found so far; the last one is the file's size when all are. */
  private long[] starts = new long[16];

  private int known = 1;
  private long part = 1;
  private RecordSearch search;

  /**
   * @param first where the first record starts
   * @param target about how many bytes a split should have
   */
  CsvSplits(CsvFile file, long first, long target) {
    this.file = file;
    this.first = first;
    this.parts = (file.size() - first + target - 1) / target;
    this.starts[0] = first;
  }

  /** The split of that number from 0, or null behind the last one. */
  synchronized Range get(int number) throws IOException {
    while (known < number + 2) {
      if (starts[known - 1] == file.size()) {
        return null;
      }
      find();
    }
    return new Range(starts[number], starts[number + 1]);
  }

  private void find() throws IOException {
    if (search == null) {
      search = new RecordSearch(file, first);
    }
    long bytes = file.size() - first;
    long next = file.size();
    for (; part < parts; part++) {
      long target = first + bytes / parts * part + bytes % parts * part / parts;
      if (target > starts[known - 1]) {
        next = search.atOrAfter(target);
        break;
      }
    }
    if (next == file.size()) {
      close();
    }
    if (known == starts.length) {
      starts = Arrays.copyOf(starts, 2 * known);
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
