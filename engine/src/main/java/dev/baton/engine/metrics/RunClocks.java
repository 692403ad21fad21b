package dev.baton.engine.metrics;

import dev.baton.engine.metrics.TimeLedger.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The clocks of all workers of one run. A worker keeps its clock, by name, from pass to pass.
 * Thread-safe, but for {@link #startPass}, {@link #endPass} and {@link #close}, which are for the
 * caller when no worker is at work.
 */
public final class RunClocks {
  private final LongSupplier clock;
  private final long start;
  private final int lastOperator;
  private final boolean timeline;
  private final Map<String, WorkerClock> workers = new LinkedHashMap<>();
  private final Map<String, RemoteWorker> processes = new LinkedHashMap<>();
  private final List<List<StageName>> passes = new ArrayList<>();
  private int pass;

  /**
   * Starts with the caller at work outside of passes.
   *
   * @param clock in nanoseconds, any origin
   * @param start what the clock said when the run began
   * @param lastOperator the number of the last operator, or 0
   * @param timeline whether to keep what each worker did when
   */
  public RunClocks(LongSupplier clock, long start, int lastOperator, boolean timeline) {
    this.clock = clock;
    this.start = start;
    this.lastOperator = lastOperator;
    this.timeline = timeline;
    passes.add(List.of());
  }

  /**
   * The clock of a worker, idle since it was last at work, or since the start of the run.
   *
   * @param lockWaitNanos how long it has waited for locks, not counting earlier passes
   */
  public synchronized WorkerClock worker(String name, Role role, LongSupplier lockWaitNanos) {
    WorkerClock worker = workers.get(name);
    if (worker == null) {
      worker = new WorkerClock(name, role, clock, start, timeline(), page(0));
      workers.put(name, worker);
      for (int number = 1; number < passes.size(); number++) {
        worker.pages().add(page(number));
      }
    }
    worker.attach(lockWaitNanos);
    worker.turn(pass, clock.getAsLong());
    return worker;
  }

  private Timeline timeline() {
    return timeline ? new Timeline() : null;
  }

  private Page page(int number) {
    return new Page(lastOperator, passes.get(number));
  }

  /** Starts the next pass, with these operators. */
  public synchronized void startPass(List<StageName> operators) {
    passes.add(List.copyOf(operators));
    int number = passes.size() - 1;
    workers.values().forEach(worker -> worker.pages().add(page(number)));
    processes.values().forEach(process -> process.pages().add(page(number)));
    turn(number, clock.getAsLong());
  }

  /** Goes on outside of passes; does nothing when it was there already. */
  public synchronized void endPass() {
    if (pass != 0) {
      turn(0, clock.getAsLong());
    }
  }

  private void turn(int number, long now) {
    pass = number;
    workers.values().forEach(worker -> worker.turn(number, now));
  }

  /**
   * Adds what a worker process reported by {@link WorkerClock#drain}.
   *
   * @param lane the name of the worker of this process that serves it
   */
  public synchronized void addRemote(String lane, long[] figures) {
    long now = clock.getAsLong();
    RemoteWorker process =
        processes.computeIfAbsent(lane, name -> new RemoteWorker(name, timeline()));
    while (process.pages().size() < passes.size()) {
      process.pages().add(page(process.pages().size()));
    }
    process.add(pass, figures, now);
  }

  /** Ends the run; the clocks are not used afterwards. */
  public synchronized TimeLedger close() {
    long now = clock.getAsLong();
    turn(0, now);
    List<TimeLedger.Worker> all = new ArrayList<>();
    for (WorkerClock worker : workers.values()) {
      all.add(
          new TimeLedger.Worker(
              worker.name(), worker.role(), Page.snapshot(worker.pages()), worker.timeline(start)));
    }
    processes.forEach((lane, process) -> all.add(process.close(start, workers.get(lane).pages())));
    return new TimeLedger(Duration.ofNanos(now - start), all);
  }
}
