package dev.baton.cli.lab;

import dev.baton.cli.Table;
import dev.baton.cli.compare.Medians;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.lock.Locks;
import dev.baton.engine.lock.ObjectLock;
import dev.baton.engine.lock.WorkerLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two threads, or four, add to one number. What a read-modify-write without a guard loses, by
 * policy: whole, or with a checkpoint inside, where CPython's lock may change hands in the middle
 * of it too.
 */
public final class RacesExperiment implements Experiment {
  private static final int TWO = 2;
  private static final int FOUR = 4;
  private static final String COMPILER =
      "when two threads meet within an update is a matter of the compiler and of the machine";
  private static final double MOST_LOST = 60;
  private static final double MORE_THAN_NONE = Double.MIN_VALUE;
  private static final Duration SHORT = Duration.ofNanos(50_000);

  @Override
  public String id() {
    return "races";
  }

  @Override
  public String claim() {
    return "One lock makes short updates safe, not long ones; without it every unguarded update is lost at times";
  }

  @Override
  public List<Integer> behaviours() {
    return List.of(8);
  }

  /** What the threads add to; a plain field on purpose. */
  private static final class Shared {
    private long plain;
    private final AtomicLong atomic = new AtomicLong();
  }

  /** Adds one. */
  private interface Update {
    void run(Shared shared, WorkerLock worker, ObjectLock lock);
  }

  private record Variant(
      String how,
      LockPolicy policy,
      int threads,
      Update update,
      String python,
      double low,
      double high) {}

  private static void plain(Shared shared, WorkerLock worker, ObjectLock lock) {
    shared.plain++;
    worker.checkpoint();
  }

  /** Something is called between reading and writing. */
  private static void withCall(Shared shared, WorkerLock worker, ObjectLock lock) {
    long read = shared.plain;
    Toil.steps(read, 200);
    worker.checkpoint();
    shared.plain = read + 1;
  }

  private static void locked(Shared shared, WorkerLock worker, ObjectLock lock) {
    lock.lock(worker);
    try {
      shared.plain++;
    } finally {
      lock.unlock();
    }
    worker.checkpoint();
  }

  private static void atomic(Shared shared, WorkerLock worker, ObjectLock lock) {
    shared.atomic.incrementAndGet();
    worker.checkpoint();
  }

  private static List<Variant> variants() {
    LockPolicy global = new LockPolicy.Global(SHORT);
    LockPolicy normal = new LockPolicy.Global();
    LockPolicy perObject = new LockPolicy.PerObject();
    LockPolicy none = new LockPolicy.None();
    LockPolicy released = new LockPolicy.GlobalReleased();
    Update whole = RacesExperiment::plain;
    Update divided = RacesExperiment::withCall;
    String one = "x++";
    String call = "a call inside";
    return List.of(
        new Variant(one, normal, TWO, whole, "0 %", 0, 0),
        new Variant(one, global, TWO, whole, "0 %", 0, 0),
        new Variant(one, released, TWO, whole, "0 %", 0, 0),
        new Variant(call, normal, TWO, divided, "25 to 50 %", 20, 60),
        new Variant(call, global, TWO, divided, "25 to 50 %", 20, 60),
        new Variant(call, released, TWO, divided, "25 to 50 %", 20, 60),
        new Variant(one, perObject, TWO, whole, "4 to 43 %", 3, 52),
        new Variant(one, none, TWO, whole, "4 to 43 %", 3, 52),
        new Variant(one, none, FOUR, whole, "to 76 %", 20, 85),
        new Variant(call, none, TWO, divided, "", MORE_THAN_NONE, 60),
        new Variant(
            "x++ with the object's lock", perObject, TWO, RacesExperiment::locked, "0 %", 0, 0),
        new Variant("an atomic", none, TWO, RacesExperiment::atomic, "", 0, 0));
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    Table table = new Table("update", "lock", ">interval", ">threads", ">lost", "CPython");
    List<Chart.Bar> bars = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    double guarded = 0;
    double unguarded = 0;
    for (Variant variant : variants()) {
      double[] lost = new double[bench.rounds()];
      for (int round = 0; round < lost.length; round++) {
        lost[round] = lost(bench, variant);
      }
      double percent = 100 * Medians.of(lost);
      String interval =
          variant.policy() instanceof LockPolicy.Global global
              ? global.switchInterval().toNanos() / 1e6 + " ms"
              : "";
      String policy = variant.policy().id();
      table.row(
          variant.how(),
          policy,
          interval,
          String.valueOf(variant.threads()),
          Check.figure(percent) + " %",
          variant.python());
      String name =
          variant.how()
              + ", "
              + policy
              + (interval.isEmpty() ? "" : " " + interval)
              + (variant.threads() == TWO ? "" : ", " + variant.threads() + " threads");
      bars.add(new Chart.Bar(name, policy, percent));
      boolean safe = variant.high() == 0;
      int cores = policy.startsWith("global") || safe ? 1 : 2;
      Check check =
          new Check(
              8,
              "lost updates, %: " + name,
              variant.python(),
              percent,
              variant.low(),
              variant.high(),
              cores);
      checks.add(
          safe || variant.low() == MORE_THAN_NONE
              ? check
              : check.unless(MORE_THAN_NONE, MOST_LOST, COMPILER));
      guarded = Math.max(guarded, safe ? percent : 0);
      unguarded = Math.max(unguarded, safe ? 0 : percent);
    }
    return new Findings(
        List.of(new Findings.Sheet("Updates of one number", table)),
        List.of(new Chart.Bars("Lost updates", "% of all updates", bars)),
        String.format(
            "What has a guard loses %s %%: a plain x++ under the one lock, which changes hands between"
                + " updates only, an object's own lock, an atomic. What has none loses up to %s %%. Under"
                + " the one lock an update is lost when a switch falls between its read and its"
                + " write; then all that the other thread did meanwhile is lost, so the share"
                + " hardly depends on the interval. `baton run --check-sharing` finds functions that"
                + " share such state: docs/hazards.md.",
            Check.figure(guarded), Check.figure(unguarded)),
        "Emulation: the lock, and that it changes hands at checkpoints only, as CPython's between"
            + " instructions. The JVM itself: what is lost without it. Its compiler may keep a"
            + " number in a register for a while, which CPython's interpreter never does, so it"
            + " may lose more or, with a thread at a time, less.",
        checks);
  }

  private static double lost(Bench bench, Variant variant) throws InterruptedException {
    Locks locks = variant.policy().open();
    ObjectLock lock = locks.object("the number");
    Shared shared = new Shared();
    AtomicLong updates = new AtomicLong();
    CountDownLatch ready = new CountDownLatch(variant.threads());
    // As long as some turns under the lock take.
    long nanos = Math.max(bench.slice().toNanos() / 4, 40_000_000);
    Crew.run(
        variant.threads(),
        number -> {
          WorkerLock worker = locks.worker();
          ready.countDown();
          ready.await();
          long end = bench.now() + nanos;
          long done = 0;
          worker.acquire();
          while (bench.now() < end) {
            for (int i = 0; i < 100; i++) {
              variant.update().run(shared, worker, lock);
            }
            done += 100;
          }
          worker.release();
          updates.addAndGet(done);
        });
    long kept = Math.max(shared.plain, shared.atomic.get());
    return 1 - (double) kept / updates.get();
  }
}
