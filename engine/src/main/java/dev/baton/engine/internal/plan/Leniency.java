package dev.baton.engine.internal.plan;

import dev.baton.engine.batch.BadRows;
import dev.baton.engine.batch.BadRows.Finding;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.source.OnBad;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Applies a kernel to one batch, and does with the rows that it refuses what their policy says. A
 * kernel names the first row it meets only, so they are looked for in small windows, in which it is
 * tried again and again; a batch without such rows costs one application.
 */
final class Leniency {
  /** What was found in a row of the batch. */
  private record Refused(int row, Finding what) {}

  /** Rows that are tried again for each that is refused. */
  private static final int WINDOW = 256;

  private final Kernel kernel;
  private final Stage stage;
  private final BufferAllocator allocator;
  private final OnBad policy;
  private final List<Refused> found = new ArrayList<>();
  private Batch batch;
  private boolean[] refused;
  private int count;

  private Leniency(Kernel kernel, Stage stage, BufferAllocator allocator) {
    this.kernel = kernel;
    this.stage = stage;
    this.allocator = allocator;
    this.policy = stage.bad();
  }

  /**
   * What the kernel makes of a batch that has an {@link Batch#origin}, which is closed; when it
   * fails altogether, that stays open.
   */
  static Batch apply(Kernel kernel, Batch batch, Stage stage, BufferAllocator allocator)
      throws Exception {
    BadRows before = batch.bad();
    Batch made;
    try {
      made = attempt(kernel, batch, allocator);
    } catch (ValueException e) {
      if (e.row() < 0) {
        throw e;
      }
      Leniency leniency = new Leniency(kernel, stage, allocator);
      made = leniency.without(batch);
      before = BadRows.join(before, leniency.bad());
    }
    made.bad(before);
    batch.close();
    return made;
  }

  private static Batch attempt(Kernel kernel, Batch batch, BufferAllocator allocator)
      throws Exception {
    Batch copy = batch.share(allocator);
    try {
      kernel.apply(copy);
      return copy;
    } catch (Throwable e) {
      copy.close();
      throw e;
    }
  }

  private Batch without(Batch whole) throws Exception {
    boolean makesNull = policy instanceof OnBad.MakeNull;
    int[] rows = IntStream.range(0, whole.rows()).toArray();
    try (Batch own = whole.share(allocator)) {
      batch = own;
      if (makesNull) {
        own.take(rows, rows.length, allocator); // a copy, to be written to
      }
      refused = new boolean[rows.length];
      for (int from = 0; from < rows.length; from += WINDOW) {
        search(from, Math.min(rows.length, from + WINDOW));
      }
      if (!makesNull) {
        int[] kept = IntStream.of(rows).filter(row -> !refused[row]).toArray();
        own.take(kept, kept.length, allocator);
      }
      return attempt(kernel, own, allocator);
    }
  }

  /** Finds the rows that are refused among some. */
  private void search(int from, int to) throws Exception {
    while (from < to) {
      int row;
      try (Batch part = batch.slice(from, to - from, allocator)) {
        kernel.apply(part);
        return;
      } catch (ValueException e) {
        row = from + e.row();
        if (e.row() < 0 || row >= to) {
          throw e;
        }
        note(row, e);
        if (policy instanceof OnBad.MakeNull) {
          makeNull(row, e);
          continue; // it may have others, and so may those before it
        }
      }
      search(from, row);
      from = row + 1;
    }
  }

  private void note(int row, ValueException e) {
    if (!refused[row]) {
      refused[row] = true;
      count++;
    }
    boolean all = policy instanceof OnBad.Reject;
    String text = all ? RowText.of(batch, row) : "";
    found.add(new Refused(row, batch.origin().finding(row, e.column(), e.getMessage(), text)));
  }

  private void makeNull(int row, ValueException e) {
    FieldVector column =
        e.column() != null && batch.has(e.column()) ? batch.column(e.column()) : null;
    if (column == null || column.isNull(row)) {
      throw new ValueException(
          e.column(),
          row,
          e.getMessage() + " (and it cannot be made null; skip or reject such rows instead)",
          e);
    }
    Validity.clear(Validity.address(column), row);
  }

  private BadRows bad() {
    found.sort(Comparator.comparingInt(Refused::row));
    List<Finding> all = found.stream().map(Refused::what).toList();
    List<Finding> kept = policy instanceof OnBad.Reject ? all : all.subList(0, 1);
    return new BadRows(0, List.of(), List.of(new BadRows.OfStage(stage.number(), count, kept)));
  }
}
