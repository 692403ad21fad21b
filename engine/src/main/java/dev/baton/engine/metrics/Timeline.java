package dev.baton.engine.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one worker did when, in bounded memory: when it is full, each two neighbours become one of
 * the kind of the longer, so that it always covers the whole run and only gets coarser.
 */
final class Timeline {
  private static final int CAPACITY = 8192;

  /** So that what a worker process tells of a split stays a small message. */
  private static final int MOST_DRAINED = 256;

  private final long[] starts;
  private final long[] ends;
  private final long[] splits;
  private final int[] passes;
  private final int[] cells;
  private int size;

  Timeline() {
    starts = new long[CAPACITY];
    ends = new long[CAPACITY];
    splits = new long[CAPACITY];
    passes = new int[CAPACITY];
    cells = new int[CAPACITY];
  }

  void add(long start, long end, int pass, int cell, long split) {
    if (start == end) {
      return;
    }
    if (size == CAPACITY) {
      halve();
    }
    starts[size] = start;
    set(size++, end, pass, cell, split);
  }

  private void set(int at, long end, int pass, int cell, long split) {
    ends[at] = end;
    passes[at] = pass;
    cells[at] = cell;
    splits[at] = split;
  }

  private void halve() {
    for (int to = 0; to < size / 2; to++) {
      int a = 2 * to;
      int b = a + 1;
      int longer = ends[b] - starts[b] > ends[a] - starts[a] ? b : a;
      starts[to] = starts[a];
      set(to, ends[b], passes[longer], cells[longer], splits[longer]);
    }
    size /= 2;
  }

  /**
   * Everything, as start, end, cell and split of each segment, at most {@link #MOST_DRAINED};
   * forgets it.
   */
  long[] drain() {
    while (size > MOST_DRAINED) {
      halve();
    }
    long[] drained = new long[4 * size];
    for (int i = 0; i < size; i++) {
      drained[4 * i] = starts[i];
      drained[4 * i + 1] = ends[i];
      drained[4 * i + 2] = cells[i];
      drained[4 * i + 3] = splits[i];
    }
    size = 0;
    return drained;
  }

  /** What was added; times relative to {@code origin}, {@code pages} by pass. */
  List<TimeLedger.Segment> segments(long origin, List<Page> pages) {
    List<TimeLedger.Segment> segments = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      segments.add(
          new TimeLedger.Segment(
              Duration.ofNanos(starts[i] - origin),
              Duration.ofNanos(ends[i] - origin),
              passes[i],
              pages.get(passes[i]).name(cells[i] / Page.ACCOUNTS),
              Page.account(cells[i]),
              splits[i]));
    }
    return segments;
  }
}
