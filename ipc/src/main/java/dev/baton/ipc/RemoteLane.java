package dev.baton.ipc;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.PipelineException;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.source.Split;
import dev.baton.engine.spi.PortableJob;
import dev.baton.engine.spi.RemoteCounters;
import dev.baton.engine.spi.Task;
import dev.baton.engine.spi.WorkerScope;
import dev.baton.ipc.transport.Message;
import dev.baton.ipc.transport.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane's task: keeps a worker process supplied with splits, or their batches, and takes the
 * results. When the worker dies, another one does what it has left from the beginning of a split;
 * results of that split that were taken before are left out the second time, so every result is
 * taken once.
 */
final class RemoteLane<R extends AutoCloseable> implements Task<R> {
  private static final Logger LOG = LoggerFactory.getLogger("dev.baton.ipc");

  /** So much work lies ready for a worker while its results are on their way. */
  private static final long AHEAD_NANOS = 6_000_000;

  /** With so much work the worker is left alone. */
  private static final long PATIENT_NANOS = 2_000_000;

  private static final int LEAST_AHEAD = 2;
  private static final int MOST_AHEAD = 24;
  private static final int LONGEST_BEAT_MILLIS = 500;

  private final PortableJob<R> job;
  private final ExecutionMode.Processes mode;
  private final byte[] plan;
  private final WorkerPool pool;
  private final WorkerScope scope;
  private final Feed feed;
  private final Arrivals arrivals = new Arrivals();

  private Worker worker;
  private long sequence;
  private boolean working;
  private double averageNanos = AHEAD_NANOS;

  private int taken;
  private int toSkip;
  private WorkerLost lastDeath;

  private final Deaths deaths = new Deaths();

  /** How many workers have ended one after the other before they took a split. */
  private int failedStarts;

  /** What stands for a split that is left out, or null. */
  private R substitute;

  RemoteLane(
      PortableJob<R> job,
      ExecutionMode.Processes mode,
      boolean shipData,
      byte[] plan,
      WorkerPool pool,
      WorkerScope scope)
      throws IOException {
    this.job = job;
    this.mode = mode;
    this.plan = plan;
    this.pool = pool;
    this.scope = scope;
    this.feed = shipData ? new BatchFeed(job, scope) : new SplitFeed(job);
  }

  @Override
  public void start(Split split, long number) {
    sequence = number;
    taken = 0;
    toSkip = 0;
    working = true;
    if (scope.run().leftOut().has(number)) {
      working = false;
      substitute = job.leftOut(number);
    } else if (!feed.holds(number)) {
      feed.add(split, number);
    }
  }

  @Override
  public int looksAhead() {
    return (int) Math.max(LEAST_AHEAD, Math.min(MOST_AHEAD, AHEAD_NANOS / averageNanos));
  }

  @Override
  public void prepare(Split split, long number) {
    if (!scope.run().leftOut().has(number)) {
      feed.add(split, number);
    }
  }

  @Override
  public R next() throws Exception {
    giveUpIfHopeless();
    while (working) {
      try {
        if (worker == null && !start()) {
          continue;
        }
        Arrivals.Arrival arrival = arrivals.poll();
        if (arrival == null) {
          exchange();
          continue;
        }
        R result = handle(arrival);
        if (result != null) {
          return result;
        }
      } catch (WorkerLost e) {
        replace(e);
      }
    }
    R instead = substitute;
    substitute = null;
    return instead;
  }

  private R handle(Arrivals.Arrival arrival) throws Exception {
    if (arrival instanceof Arrivals.Result result) {
      try (result) {
        if (toSkip > 0) {
          toSkip--;
          return null;
        }
        taken++;
        return receive(result);
      }
    }
    working = false;
    if (arrival instanceof Arrivals.Failure failure) {
      throw failure.what().exception();
    }
    done();
    averageNanos += (((Arrivals.End) arrival).workNanos() - averageNanos) / 4;
    return null;
  }

  /** Forgets the split that is due. */
  private void done() {
    working = false;
    feed.removeFirst();
    deaths.forget(sequence);
  }

  private void count(Wire.Figures figures) {
    RemoteCounters remote = scope.run().remote();
    remote.addLocks(figures.lockWaitNanos(), figures.switches());
    remote.addIpc(0, figures.sendNanos());
    remote.addGc(Duration.ofNanos(figures.gcNanos()));
    remote.addCompile(Duration.ofNanos(figures.compileNanos()));
    scope.run().clocks().addRemote(scope.name(), figures.ledger());
  }

  private R receive(Arrivals.Result result) throws IOException {
    int before = scope.clock().account(Account.SERIALISE);
    try {
      return job.receive(result.bytes(), scope);
    } finally {
      scope.clock().back(before);
    }
  }

  /** Sends the worker something if there is something to send, else waits for it. */
  private void exchange() throws Exception {
    Message message;
    if (feed.hasNext() && (!feed.needsRoom() || worker.hasRoom())) {
      feed.sendNext((said, payload) -> send(worker, said, payload));
      message = worker.poll();
    } else {
      message =
          scope.waiting(
              Account.IPC,
              () ->
                  worker.take(
                      mode.deadline(),
                      feed.hasNext(),
                      feed.splitsSent() * averageNanos < PATIENT_NANOS,
                      scope.run()::checkCancelled));
    }
    if (message != null) {
      arrivals.add(message, scope.allocator(), this::count);
    }
  }

  /**
   * Gets a worker; false when the one that was to be had has ended before it took a split, for
   * which no split is to blame.
   */
  private boolean start() throws Exception {
    try {
      worker = open();
      failedStarts = 0;
      return true;
    } catch (WorkerLost death) {
      failedStarts++;
      if (failedStarts >= mode.maxAttempts()) {
        working = false;
        throw new PipelineException(
            String.format(
                "workers do not start: %d ended before they took a batch; %s",
                failedStarts, death.getMessage()),
            death);
      }
      LOG.warn(
          "{}, before it took a batch; attempt {} of {}",
          death.getMessage(),
          failedStarts,
          mode.maxAttempts());
      return false;
    }
  }

  private Worker open() throws Exception {
    return scope.waiting(
        Account.IPC,
        () -> {
          Worker opened = acquire();
          boolean done = false;
          try {
            send(opened, new Wire.Plan(beatMillis()), Payload.of(plan));
            ask(opened);
            done = true;
            return opened;
          } finally {
            if (!done) {
              pool.discard(opened);
            }
          }
        });
  }

  private Worker acquire() throws Exception {
    int before = scope.clock().account(Account.START_UP);
    try {
      return pool.acquire(scope.run().remote(), scope.run()::checkCancelled);
    } finally {
      scope.clock().back(before);
    }
  }

  private int beatMillis() {
    return (int) Math.max(1, Math.min(LONGEST_BEAT_MILLIS, mode.deadline().toMillis() / 4));
  }

  /** Waits for the answer to a question that can fail. */
  private void ask(Worker asked) throws Exception {
    try (Message answer = asked.take(mode.deadline(), false, true, scope.run()::checkCancelled)) {
      if (Wire.of(answer.header()) instanceof Wire.Failed failed) {
        throw failed.exception();
      }
    }
  }

  private void send(Worker to, Wire said, Payload payload)
      throws IOException, InterruptedException {
    to.send(said, payload, () -> !scope.run().cancelled());
  }

  /** Lets go of a dead worker; gives the split that is due up when too many have died over it. */
  private void replace(WorkerLost death) throws Exception {
    long guilty = sequence;
    StageFile.Place place = worker.lastPlace();
    boolean there = feed.holds(place.sequence());
    pool.discard(worker);
    worker = null;
    arrivals.close();
    String where = "";
    if (there) {
      guilty = place.sequence();
      where = " in " + job.stage(place.stage());
    }
    String what = death.getMessage() + where + ", batch " + guilty;
    int attempts = deaths.add(guilty, new Deaths.Death(what, there, place.stage()));
    LOG.warn("{}; attempt {} of {}", what, attempts, mode.maxAttempts());
    lastDeath = death;
    toSkip = taken;
    feed.again();
    feed.suspect(guilty);
    if (attempts >= mode.maxAttempts()) {
      feed.stopBefore(guilty);
    }
    giveUpIfHopeless();
  }

  private void giveUpIfHopeless() {
    List<Deaths.Death> its = deaths.of(sequence);
    if (!working || its.size() < mode.maxAttempts()) {
      return;
    }
    if (!job.resultPerBatch() && taken > 0) {
      done(); // its result is there, only its end was not told
      return;
    }
    String what = String.format("batch %d ended %d workers and is ", sequence, its.size());
    String last = its.get(its.size() - 1).what();
    Quarantine.Saved saved;
    try {
      saved = save(its);
    } catch (Exception e) {
      throw givenUp(
          what + "given up; its rows could not be saved (" + e.getMessage() + "); " + last);
    }
    if (mode.poison() == ExecutionMode.Poison.FAIL) {
      throw givenUp(what + "given up; its rows are in " + saved.file() + "; " + last);
    }
    if (!its.stream().allMatch(Deaths.Death::there)) {
      throw givenUp(what + "given up, as some ended before they began it; " + last);
    }
    LOG.warn("{}left out; its {} rows are in {}", what, saved.rows(), saved.file());
    scope.run().leftOut().add(sequence, saved.rows(), saved.file().toString());
    substitute = taken == 0 ? job.leftOut(sequence) : null;
    done();
  }

  private Quarantine.Saved save(List<Deaths.Death> its) throws Exception {
    if (!feed.needsRoom() && its.stream().anyMatch(death -> death.there() && death.stage() == 0)) {
      throw new IOException("reading them is what ended the workers");
    }
    return Quarantine.save(job, feed.first(), Long.toString(sequence), taken, its, scope);
  }

  private PipelineException givenUp(String what) {
    working = false;
    return new PipelineException(what, lastDeath);
  }

  @Override
  public void close() throws IOException {
    try {
      if (worker != null) {
        endWorker();
      }
    } finally {
      arrivals.close();
      feed.close();
    }
  }

  private void endWorker() throws IOException {
    Worker ended = worker;
    worker = null;
    boolean clean = false;
    try {
      if (feed.isEmpty() && !scope.run().cancelled()) {
        send(ended, new Wire.Finish(), null);
        ask(ended);
        clean = true;
      }
    } catch (WorkerLost e) {
      LOG.warn("{} after its work", e.getMessage());
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw PipelineException.wrap(e);
    } finally {
      ended.count(scope.run().remote());
      if (clean) {
        pool.release(ended);
      } else {
        pool.discard(ended);
      }
    }
  }
}
