package dev.baton.operators.io.fields;

import dev.baton.engine.batch.BadRows;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.source.OnBad;
import dev.baton.operators.io.LineCount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Collects what is wrong in the records that make a batch, where that does not fail the run, and
 * takes the consequences. Confined to one thread.
 */
public final class BadRecords {
  /**
   * A rule broken.
   *
   * @param row in the chunk
   */
  private record Broken(int row, BadField what) {}

  private final FieldTable table;
  private final List<Broken> chunk = new ArrayList<>();
  private final List<BadRows.Finding> found = new ArrayList<>();
  private int[] rows = new int[16];
  private boolean[] whole = new boolean[16];
  private int count;

  /**
   * Collects what is wrong with a table.
   *
   * @param table null when nothing is told, as in a sample
   */
  public BadRecords(FieldTable table) {
    this.table = table;
  }

  /** Forgets all. */
  public void startBatch() {
    chunk.clear();
    found.clear();
    count = 0;
  }

  /** A record that could not be split into fields. */
  public void record(int row, BadField e) {
    chunk.add(new Broken(row, e));
  }

  /** A field of the chunk that is no value of its column; its row is found by its place. */
  public void field(BadField e) {
    chunk.add(new Broken(-1, e));
  }

  /**
   * Ends a chunk.
   *
   * @param base where the text is
   * @param start where it starts in the text of the file, in line {@code line}
   * @param first the row of its first record in the batch
   * @param records how many it has
   */
  void endChunk(FieldIndexer indexer, long base, long start, long line, int first, int records) {
    if (chunk.isEmpty()) {
      return;
    }
    chunk.replaceAll(
        b -> b.row >= 0 ? b : new Broken(indexer.recordAt(b.what.offset, records), b.what));
    // A record that could not be split comes first, and what its columns made of it counts not.
    chunk.sort(
        Comparator.comparingInt((Broken b) -> b.row)
            .thenComparing(b -> !b.what.record)
            .thenComparingInt(b -> b.what.column));
    for (Broken broken : chunk) {
      int row = first + broken.row;
      boolean again = count > 0 && rows[count - 1] == row;
      if (again && whole[count - 1]) {
        continue;
      }
      if (!again) {
        add(row, broken.what.record);
      }
      if (found.isEmpty() || table.onBad() instanceof OnBad.Reject) {
        found.add(finding(broken, indexer, base, start, line, records));
      }
    }
    chunk.clear();
  }

  private void add(int row, boolean isWhole) {
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, 2 * count);
      whole = Arrays.copyOf(whole, 2 * count);
    }
    rows[count] = row;
    whole[count++] = isWhole;
  }

  private BadRows.Finding finding(
      Broken broken, FieldIndexer indexer, long base, long start, long line, int records) {
    int from = indexer.recordStart(broken.row, records);
    int end = indexer.recordStart(broken.row + 1, records);
    while (end > from && isLineEnd(Memory.getByte(base + end - 1))) {
      end--;
    }
    byte[] text = new byte[end - from];
    Memory.copyToArray(base + from, text, 0, text.length);
    int at = broken.what.offset;
    return new BadRows.Finding(
        table.file().path().toString(),
        line + LineCount.newlines(base, at),
        start + at,
        broken.what.column < 0 ? null : table.columns().get(broken.what.column).name(),
        broken.what.rule,
        new String(text, StandardCharsets.ISO_8859_1));
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }

  /** Leaves the bad rows out of a finished batch, or makes null what must be; and tells of them. */
  void settle(Batch batch, List<String> columns, BufferAllocator allocator) {
    if (count > 0) {
      batch.bad(new BadRows(count, found));
    }
    batch.retain(columns);
    if (count > 0 && table.onBad() instanceof OnBad.MakeNull) {
      clearWhole(batch);
    } else if (count > 0) {
      leaveOut(batch, allocator);
    }
  }

  private void clearWhole(Batch batch) {
    for (int i = 0; i < batch.width(); i++) {
      long validity = Validity.address(batch.column(i));
      for (int k = 0; k < count; k++) {
        if (whole[k]) {
          Validity.clear(validity, rows[k]);
        }
      }
    }
  }

  private void leaveOut(Batch batch, BufferAllocator allocator) {
    int[] kept = new int[batch.rows()];
    int n = 0;
    int next = 0;
    for (int row = 0; row < kept.length; row++) {
      if (next < count && rows[next] == row) {
        next++;
      } else {
        kept[n++] = row;
      }
    }
    batch.take(kept, n, allocator);
  }
}
