package dev.baton.engine.metrics;

import dev.baton.engine.metrics.TimeLedger.Role;
import java.util.ArrayList;
import java.util.List;

/** A worker of another process, as it tells of itself. Guarded by its {@link RunClocks}. */
final class RemoteWorker {
  private final String lane;
  private final List<Page> pages = new ArrayList<>();
  private final Timeline timeline;

  /**
   * What to add to its clock to get ours, at most: a message takes no less than no time. Clocks of
   * two processes on one machine are mostly the same one.
   */
  private long offset = Long.MAX_VALUE;

  /**
   * A worker that has told nothing yet.
   *
   * @param lane the name of the worker of this process that serves it
   * @param timeline may be null
   */
  RemoteWorker(String lane, Timeline timeline) {
    this.lane = lane;
    this.timeline = timeline;
  }

  /** Its pages, by pass, to add to. */
  List<Page> pages() {
    return pages;
  }

  /** Takes what {@link #tell} made, which arrived at {@code now}. */
  void add(int pass, long[] told, long now) {
    int end = 2 + (int) told[1];
    offset = Math.min(offset, now - told[0]);
    pages.get(pass).add(told, 2, end);
    for (int i = end; timeline != null && i < told.length; i += 4) {
      timeline.add(told[i], told[i + 1], pass, (int) told[i + 2], told[i + 3]);
    }
  }

  /**
   * What a worker tells: what its clock says, how many longs of pairs follow, these pairs, and then
   * segments of its timeline.
   */
  static long[] tell(long now, Page page, Timeline timeline) {
    long[] pairs = page.drain();
    long[] segments = timeline == null ? new long[0] : timeline.drain();
    long[] told = new long[2 + pairs.length + segments.length];
    told[0] = now;
    told[1] = pairs.length;
    System.arraycopy(pairs, 0, told, 2, pairs.length);
    System.arraycopy(segments, 0, told, 2 + pairs.length, segments.length);
    return told;
  }

  /**
   * Ends its account. It has told only of the time when it had a pass to work on: before, its lane
   * waited for it to start; else it was idle.
   *
   * @param origin when the run started, by our clock
   * @param lanePages of the worker that serves it
   */
  TimeLedger.Worker close(long origin, List<Page> lanePages) {
    int engine = Page.place(Work.ENGINE);
    int startUp = Page.cell(engine, Account.START_UP);
    for (int pass = 0; pass < pages.size(); pass++) {
      Page page = pages.get(pass);
      Page served = lanePages.get(pass);
      page.nanos[startUp] += served.nanos[startUp];
      // Clocks of two processes may differ a little.
      long left = Math.max(0, served.total() - page.total());
      page.nanos[Page.cell(engine, Account.IDLE)] += left;
    }
    return new TimeLedger.Worker(
        lane.replace("worker", "process"),
        Role.PROCESS,
        Page.snapshot(pages),
        timeline == null ? List.of() : timeline.segments(origin - offset, pages));
  }
}
