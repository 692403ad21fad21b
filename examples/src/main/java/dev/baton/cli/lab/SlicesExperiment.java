package dev.baton.cli.lab;

import dev.baton.cli.Table;
import dev.baton.cli.compare.Medians;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.lock.Locks;
import dev.baton.engine.lock.WorkerLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that only compute take turns with the global lock: how long a turn is and how long the
 * wait for the next one, by switch interval and number of threads.
 */
public final class SlicesExperiment implements Experiment {
  private static final List<Double> INTERVALS_MS = List.of(0.5, 2.0, 5.0);
  private static final double DEFAULT_MS = LockPolicy.DEFAULT_SWITCH_INTERVAL.toMillis();
  private static final List<Integer> THREADS = List.of(2, 3, 4);

  @Override
  public String id() {
    return "slices";
  }

  @Override
  public String claim() {
    return "Under one lock a thread runs for a switch interval, then waits one for each other thread";
  }

  @Override
  public List<Integer> behaviours() {
    return List.of(2);
  }

  /** A turn and the wait for it, in milliseconds. */
  private record Turn(double run, double waiting) {}

  @Override
  public Findings run(Bench bench) throws Exception {
    Table table = new Table(">interval", ">threads", ">turn", ">wait", ">wait / interval");
    List<Chart.Line> lines = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    turn(bench, 2, DEFAULT_MS); // the first wait in a JVM loads what records waits
    for (int threads : THREADS) {
      List<Chart.Point> points = new ArrayList<>();
      for (double interval : INTERVALS_MS) {
        Turn turn = median(bench, threads, interval);
        table.row(
            interval + " ms",
            String.valueOf(threads),
            Check.figure(turn.run()) + " ms",
            Check.figure(turn.waiting()) + " ms",
            Check.figure(turn.waiting() / interval));
        points.add(new Chart.Point(interval, turn.waiting()));
        if (interval == DEFAULT_MS || threads == 2) {
          checks.addAll(checks(threads, interval, turn));
        }
      }
      lines.add(new Chart.Line(threads + " threads", "global", points));
    }
    long hold = checks.stream().filter(Check::holds).count();
    String paragraph =
        String.format(
            "Of %d ratios %d lie where CPython's do. A turn is never shorter than the interval, since a"
                + " waiting thread asks for the lock only after one; it is a little longer, by what"
                + " waking a thread takes, which counts the more the shorter the interval is.",
            checks.size(), hold);
    return new Findings(
        List.of(new Findings.Sheet("Threads that only compute, under one lock", table)),
        List.of(
            new Chart.Lines(
                "How long a thread waits for its turn",
                "switch interval, ms",
                "wait, ms",
                true,
                true,
                lines)),
        paragraph,
        "Emulation: the lock, which follows CPython's protocol of drop requests and forced"
            + " switches. The JVM itself: the threads, which the system wakes and schedules.",
        checks);
  }

  private static List<Check> checks(int threads, double interval, Turn turn) {
    String at = ", " + threads + " threads, interval " + interval + " ms";
    // A virtual machine may take half a millisecond to wake a thread, whatever the interval.
    double high = 1.4 + 0.5 / interval;
    int others = threads - 1;
    return List.of(
        new Check(2, "turn / interval" + at, "1.02", turn.run() / interval, 0.95, high, 1),
        new Check(
            2,
            "wait / interval" + at,
            "about " + others,
            turn.waiting() / interval,
            0.9 * others,
            high * others,
            1));
  }

  private static Turn median(Bench bench, int threads, double interval) throws Exception {
    double[] runs = new double[bench.rounds()];
    double[] waits = new double[bench.rounds()];
    for (int round = 0; round < runs.length; round++) {
      Turn turn = turn(bench, threads, interval);
      runs[round] = turn.run();
      waits[round] = turn.waiting();
    }
    return new Turn(Medians.of(runs), Medians.of(waits));
  }

  private static Turn turn(Bench bench, int threads, double intervalMillis) throws Exception {
    Duration interval = Duration.ofNanos((long) (intervalMillis * 1e6));
    Locks locks = new LockPolicy.Global(interval).open();
    AtomicLong switches = new AtomicLong();
    AtomicLong waited = new AtomicLong();
    // So long that each thread has had some turns.
    long nanos = Math.max(bench.slice().toNanos(), 6L * threads * interval.toNanos());
    CountDownLatch ready = new CountDownLatch(threads);
    long start = bench.now();
    Crew.run(
        threads,
        number -> {
          WorkerLock lock = locks.worker();
          ready.countDown();
          ready.await();
          Toil.under(lock, () -> bench.now() - start < nanos);
          switches.addAndGet(lock.switches());
          waited.addAndGet(lock.waitNanos());
        });
    double turns = Math.max(1, switches.get());
    return new Turn((bench.now() - start) / 1e6 / turns, waited.get() / 1e6 / turns);
  }
}
