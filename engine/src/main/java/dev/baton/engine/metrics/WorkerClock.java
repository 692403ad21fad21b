package dev.baton.engine.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Keeps account of one worker's time. A worker is always at one place (a stage) in one account, and
 * every switch reads the clock once and charges the time since the last switch to the place left;
 * so the sum of all accounts is the wall time, whatever happens. Of that time, what the worker
 * waited for locks goes to {@link Account#LOCK_WAIT} of the same place: locks count their waits
 * themselves, so a checkpoint that does not wait costs nothing here.
 *
 * <p>Confined to the worker's thread; between passes to the caller's.
 */
public final class WorkerClock {
  private final String name;
  private final TimeLedger.Role role;
  private final LongSupplier clock;
  private final Timeline timeline;
  private final List<Page> pages = new ArrayList<>();
  private LongSupplier lockWait = () -> 0;
  private long lockWaited;
  private int pass;
  private Page page;
  private int cell;
  private long split = -1;
  private long since;

  /**
   * A worker that is idle since {@code start}; the caller is at work.
   *
   * @param timeline may be null
   * @param outside its page for what is outside of passes
   */
  WorkerClock(
      String name,
      TimeLedger.Role role,
      LongSupplier clock,
      long start,
      Timeline timeline,
      Page outside) {
    this.name = name;
    this.role = role;
    this.clock = clock;
    this.since = start;
    this.timeline = timeline;
    this.page = outside;
    this.cell = Page.cell(Page.place(Work.ENGINE), resting());
    pages.add(outside);
  }

  /** Enters a stage, computing; 0 is the source. Returns where it was, for {@link #back}. */
  public int enter(int stage) {
    return go((Page.SOURCE + stage) * Page.ACCOUNTS + Page.COMPUTE);
  }

  /** Enters what is no operator. Returns where it was, for {@link #back}. */
  public int enter(Work work) {
    return go(
        Page.cell(Page.place(work), work == Work.ENCODE ? Account.SERIALISE : Account.COMPUTE));
  }

  /** Switches to another account of the same stage. Returns where it was, for {@link #back}. */
  @SuppressWarnings("EnumOrdinal")
  public int account(Account account) {
    return go(cell - cell % Page.ACCOUNTS + account.ordinal());
  }

  /** Goes back to where it was. */
  public void back(int before) {
    go(before);
  }

  /** Says which split it works on from now on; -1 for none. */
  public void split(long sequence) {
    split = sequence;
  }

  /** Counts what went through the present stage. */
  public void flow(long batches, long rowsIn, long rowsOut, long bytesIn, long bytesOut) {
    int at = cell / Page.ACCOUNTS * Page.FLOWS;
    page.flow[at + Page.BATCHES] += batches;
    page.flow[at + Page.ROWS_IN] += rowsIn;
    page.flow[at + Page.ROWS_OUT] += rowsOut;
    page.flow[at + Page.BYTES_IN] += bytesIn;
    page.flow[at + Page.BYTES_OUT] += bytesOut;
  }

  /** Moves time between accounts of the engine, when it is known only afterwards what it was. */
  public void move(Account from, Account to, long nanos) {
    int engine = Page.place(Work.ENGINE);
    page.nanos[Page.cell(engine, from)] -= nanos;
    page.nanos[Page.cell(engine, to)] += nanos;
  }

  /** Moves time that the engine computed to other work, when it is known only afterwards. */
  public void move(Work to, long nanos) {
    page.nanos[Page.cell(Page.place(Work.ENGINE), Account.COMPUTE)] -= nanos;
    page.nanos[Page.cell(Page.place(to), Account.COMPUTE)] += nanos;
  }

  /** All figures since the last call, for {@link RunClocks#addRemote} in another process. */
  public long[] drain() {
    long now = clock.getAsLong();
    charge(now);
    return RemoteWorker.tell(now, page, timeline);
  }

  private int go(int next) {
    charge(clock.getAsLong());
    int before = cell;
    cell = next;
    return before;
  }

  private void charge(long now) {
    long waitedSoFar = lockWait.getAsLong();
    long waited = waitedSoFar - lockWaited;
    lockWaited = waitedSoFar;
    long worked = now - since - waited;
    page.nanos[cell] += worked;
    int place = cell / Page.ACCOUNTS;
    int waiting = Page.cell(place, Account.LOCK_WAIT);
    page.nanos[waiting] += waited;
    int longest = place * Page.FLOWS + Page.LONGEST;
    if (worked > page.flow[longest] && Page.works(cell)) {
      page.flow[longest] = worked;
    }
    if (timeline != null) {
      // Workers wait for locks before they work; when exactly, the locks do not say.
      timeline.add(since, since + waited, pass, waiting, split);
      timeline.add(since + waited, now, pass, cell, split);
    }
    since = now;
  }

  String name() {
    return name;
  }

  TimeLedger.Role role() {
    return role;
  }

  /** Takes lock waits from another handle from now on. */
  void attach(LongSupplier lockWaitNanos) {
    lockWait = lockWaitNanos;
    lockWaited = lockWaitNanos.getAsLong();
  }

  /** Goes to a pass at {@code now}. */
  void turn(int toPass, long now) {
    charge(now);
    pass = toPass;
    page = pages.get(toPass);
    cell = Page.cell(Page.place(Work.ENGINE), resting());
    split = -1;
  }

  /** What it does when nobody says otherwise. */
  private Account resting() {
    return role == TimeLedger.Role.CALLER ? Account.COMPUTE : Account.IDLE;
  }

  /** Its pages, by pass, to add to. */
  List<Page> pages() {
    return pages;
  }

  List<TimeLedger.Segment> timeline(long origin) {
    return timeline == null ? List.of() : timeline.segments(origin, pages);
  }
}
