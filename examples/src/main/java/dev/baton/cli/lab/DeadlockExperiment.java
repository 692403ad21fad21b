package dev.baton.cli.lab;

import dev.baton.cli.Table;
import dev.baton.engine.lock.CriticalSections;
import dev.baton.engine.lock.DeadlockException;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.lock.Locks;
import dev.baton.engine.lock.ObjectLock;
import dev.baton.engine.lock.WorkerLock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Two objects with a lock each, taken in opposite order by two threads: a deadlock, found as it
 * comes about. The same work by critical sections, which let go of what they hold before they wait.
 */
public final class DeadlockExperiment implements Experiment {
  @Override
  public String id() {
    return "deadlock";
  }

  @Override
  public String claim() {
    return "Locks of objects can deadlock where one lock cannot; sections that suspend never do";
  }

  @Override
  public List<Integer> behaviours() {
    return List.of();
  }

  /** Two accounts with a lock each; both count every move from one to the other. */
  private static final class Accounts {
    private final Locks locks;
    private final ObjectLock[] owners;
    private final long[] moves = new long[2];

    Accounts(LockPolicy policy) {
      locks = policy.open();
      owners = new ObjectLock[] {locks.object("left account"), locks.object("right account")};
    }

    ObjectLock from(int number) {
      return owners[number];
    }

    ObjectLock to(int number) {
      return owners[1 - number];
    }

    /** The share of all that was to be counted which is missing. */
    double lost(long done) {
      return 1 - (moves[0] + moves[1]) / (2.0 * done);
    }
  }

  /** How one thread takes both and moves something from one to the other. */
  private interface Transfer {
    void run(Accounts accounts, int number, WorkerLock worker, CriticalSections sections);
  }

  private record Result(long moves, long suspensions, double perSecond, double lost) {}

  @Override
  public Findings run(Bench bench) throws Exception {
    AtomicReference<String> report = new AtomicReference<>();
    AtomicLong found = new AtomicLong();
    AtomicLong nanos = new AtomicLong();
    provoke(bench, report, found, nanos);
    Result ordered = measure(bench, DeadlockExperiment::inOrder);
    Result pair = measure(bench, DeadlockExperiment::atOnce);
    Result nested = measure(bench, DeadlockExperiment::oneByOne);
    Result across = measure(bench, DeadlockExperiment::across);
    Table table = new Table("how", ">moves", ">moves/s", ">suspensions", ">lost");
    row(table, "plain locks, always left before right", ordered);
    row(table, "one section of both, given in opposite order", pair);
    row(table, "sections nested in opposite order, each changes its own account", nested);
    row(table, "the same, but the outer account read before and written after", across);
    String[] lines = report.get() == null ? new String[] {""} : report.get().split("\n", -1);
    Table message = new Table("message");
    for (String line : lines) {
      message.row(line);
    }
    return new Findings(
        List.of(
            new Findings.Sheet("What the thread that closed the circle was told", message),
            new Findings.Sheet("The same two objects without a deadlock", table)),
        List.of(
            new Chart.Bars(
                "Moves a second by two threads",
                "moves a second",
                List.of(
                    new Chart.Bar("plain locks in order", "per-object", ordered.perSecond()),
                    new Chart.Bar("a section of both", "per-object", pair.perSecond()),
                    new Chart.Bar("nested sections", "per-object", nested.perSecond()),
                    new Chart.Bar("across a section", "per-object", across.perSecond())))),
        String.format(
            "Two threads that take two objects in opposite order block each other for ever; the one"
                + " that closed the circle was told after %.1f ms, %s. A section of both objects takes"
                + " them in the order of their locks whatever order they are given in. Nested"
                + " sections end too, since a thread that waits lets go of what it has: %,d times"
                + " here. Each account was changed in the section that held it, and nothing was lost."
                + " What a section read before an inner one may be old after it: written back then,"
                + " %s %% of all changes were lost. An update of both needs a section of both.",
            nanos.get() / 1e6,
            "with both owners, where they stand and the order that avoids it",
            nested.suspensions(),
            Check.figure(100 * across.lost())),
        "Emulation: critical sections, which follow free-threaded CPython's. CPython finds no"
            + " deadlock of locks that a program takes itself; that Baton does is its own, by a graph"
            + " of who waits for whom. The JVM itself: the mutexes.",
        List.of(
            new Check(0, "deadlocks found, of one provoked", "none", found.get(), 1, 2, 1),
            new Check(
                0,
                "milliseconds until it was found",
                "never",
                nanos.get() / 1e6,
                0,
                bench.slice().toMillis(),
                1),
            new Check(
                0,
                "ways that lost a change, of three that guard it",
                "none",
                Stream.of(ordered, pair, nested).filter(one -> one.lost() != 0).count(),
                0,
                0,
                1),
            new Check(
                0,
                "lost changes, %: read before an inner section, written after",
                "not measured",
                100 * across.lost(),
                Double.MIN_VALUE,
                75,
                2)));
  }

  private static void row(Table table, String how, Result result) {
    table.row(
        how,
        String.format("%,d", result.moves()),
        String.format("%,.0f", result.perSecond()),
        String.format("%,d", result.suspensions()),
        Check.figure(100 * result.lost()) + " %");
  }

  /** Each thread takes one object, then, when both have one, the other. */
  private static void provoke(
      Bench bench, AtomicReference<String> report, AtomicLong found, AtomicLong nanos)
      throws InterruptedException {
    Accounts accounts = new Accounts(new LockPolicy.PerObject());
    CountDownLatch bothHaveOne = new CountDownLatch(2);
    Crew.run(
        2,
        number -> {
          WorkerLock worker = accounts.locks.worker();
          accounts.from(number).lock(worker);
          try {
            bothHaveOne.countDown();
            bothHaveOne.await();
            long start = bench.now();
            try {
              accounts.to(number).lock(worker);
              accounts.to(number).unlock();
            } catch (DeadlockException e) {
              nanos.accumulateAndGet(bench.now() - start, Math::max);
              found.incrementAndGet();
              report.compareAndSet(null, e.getMessage());
            }
          } finally {
            accounts.from(number).unlock();
          }
        });
  }

  private static Result measure(Bench bench, Transfer transfer) throws InterruptedException {
    Accounts accounts = new Accounts(new LockPolicy.PerObject());
    AtomicLong moves = new AtomicLong();
    AtomicLong suspensions = new AtomicLong();
    CountDownLatch ready = new CountDownLatch(2);
    long start = bench.now();
    Crew.run(
        2,
        number -> {
          WorkerLock worker = accounts.locks.worker();
          CriticalSections sections = new CriticalSections(worker);
          ready.countDown();
          ready.await();
          long done = 0;
          while (bench.now() - start < bench.slice().toNanos()) {
            transfer.run(accounts, number, worker, sections);
            done++;
          }
          moves.addAndGet(done);
          suspensions.addAndGet(sections.suspensions());
        });
    double seconds = (bench.now() - start) / 1e9;
    return new Result(
        moves.get(), suspensions.get(), moves.get() / seconds, accounts.lost(moves.get()));
  }

  private static void inOrder(
      Accounts accounts, int number, WorkerLock worker, CriticalSections sections) {
    accounts.owners[0].lock(worker);
    accounts.owners[1].lock(worker);
    accounts.moves[0]++;
    accounts.moves[1]++;
    accounts.owners[1].unlock();
    accounts.owners[0].unlock();
  }

  private static void atOnce(
      Accounts accounts, int number, WorkerLock worker, CriticalSections sections) {
    sections.begin(accounts.from(number), accounts.to(number));
    accounts.moves[0]++;
    accounts.moves[1]++;
    sections.end();
  }

  /** Only what the innermost section holds is touched in it. */
  private static void oneByOne(
      Accounts accounts, int number, WorkerLock worker, CriticalSections sections) {
    sections.begin(accounts.from(number));
    accounts.moves[number]++;
    sections.begin(accounts.to(number));
    accounts.moves[1 - number]++;
    sections.end();
    sections.end();
  }

  /** Takes it that the outer section holds its account all the time, which it does not. */
  private static void across(
      Accounts accounts, int number, WorkerLock worker, CriticalSections sections) {
    sections.begin(accounts.from(number));
    long read = accounts.moves[number];
    sections.begin(accounts.to(number));
    accounts.moves[1 - number]++;
    sections.end();
    accounts.moves[number] = read + 1;
    sections.end();
  }
}
