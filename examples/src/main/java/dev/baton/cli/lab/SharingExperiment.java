package dev.baton.cli.lab;

import dev.baton.cli.Table;
import dev.baton.cli.compare.Medians;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.lock.Locks;
import dev.baton.engine.lock.ObjectLock;
import dev.baton.engine.lock.WorkerLock;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two threads count into tables of their own, each under its own lock; into one table under one
 * lock; into tables of their own without a lock, merged at the end; and both read one object, with
 * and without a count of its references.
 */
public final class SharingExperiment implements Experiment {
  private static final int TABLE = 1024;
  private static final int STRIDE = 64;

  /** Some nanoseconds in which an item is made. */
  private static final int STEPS = 4;

  /** What an interpreter does for one update while it holds a lock: a microsecond or less. */
  private static final int INTERPRETED = 500;

  private static final String CACHES =
      "what a contended count costs is a matter of how far the cores' caches are apart";
  private static final String OWN = "own tables, own locks";
  private static final String SHARED = "one table, one lock";
  private static final String HELD = "one table, one lock held for a microsecond";
  private static final String MERGED = "own tables, merged at the end";
  private static final String READ = "one object, read only";
  private static final String COUNTED = "one object, read only, references counted";
  private static final List<String> WAYS = List.of(OWN, SHARED, HELD, MERGED, READ, COUNTED);

  /** What one thread does; how many items it has done. */
  @FunctionalInterface
  private interface Task {
    /** Does {@link #STRIDE} items from {@code seed} and gives the next seed. */
    long items(long seed);
  }

  @Override
  public String id() {
    return "sharing";
  }

  @Override
  public String claim() {
    return "Without one lock for all, what two threads change together is what they pay for";
  }

  @Override
  public List<Integer> behaviours() {
    return List.of(7);
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    Map<String, List<Double>> cpu = new HashMap<>();
    Map<String, Rounds.Measurement> variants = new LinkedHashMap<>();
    for (String way : WAYS) {
      for (int threads = 1; threads <= 2; threads++) {
        int count = threads;
        String name = way + " x " + threads;
        cpu.put(name, new ArrayList<>());
        variants.put(name, () -> speed(bench, way, count, cpu.get(name)));
      }
    }
    Rounds rounds = Rounds.measure(bench.rounds(), variants);
    Table table =
        new Table("two threads with", ">items/s, 1 thread", ">2 threads", ">ratio", ">CPU an item");
    for (String way : WAYS) {
      table.row(
          way,
          millions(rounds.median(way + " x 1")),
          millions(rounds.median(way + " x 2")),
          Check.figure(gain(rounds, way)) + "x",
          Check.figure(cost(cpu, way)) + "x");
    }
    return new Findings(
        List.of(new Findings.Sheet("Items a second", table)),
        List.of(
            new Chart.Bars(
                "What a second thread brings",
                "times the items a second of one thread",
                WAYS.stream()
                    .map(way -> new Chart.Bar(way, group(way), gain(rounds, way)))
                    .toList())),
        paragraph(rounds),
        "Emulation: the count of references, a compare-and-swap at each use and one after, which is"
            + " what makes free-threaded CPython slow on a shared object even when it is only read."
            + " The JVM itself: everything else. It counts no references, so reading together is free. How much"
            + " a contended count costs depends on the cores: little where two share a cache.",
        checks(rounds, cost(cpu, COUNTED)));
  }

  private static String group(String way) {
    return List.of(OWN, SHARED, HELD).contains(way)
        ? "per-object"
        : way.equals(COUNTED) ? "global-released" : "none";
  }

  private static double gain(Rounds rounds, String way) {
    return rounds.ratio(way + " x 2", way + " x 1");
  }

  /** Processor time of an item with two threads, times that with one. */
  private static double cost(Map<String, List<Double>> cpu, String way) {
    return median(cpu.get(way + " x 2")) / median(cpu.get(way + " x 1"));
  }

  private static double median(List<Double> figures) {
    // The first round is for warming up.
    return Medians.of(figures.stream().skip(1).mapToDouble(Double::doubleValue).toArray());
  }

  private static String millions(double items) {
    return Check.figure(items / 1e6) + " M";
  }

  /**
   * Items a second of all threads together.
   *
   * @param cpu gets the processor time of an item, in nanoseconds
   */
  private static double speed(Bench bench, String way, int threads, List<Double> cpu)
      throws Exception {
    Locks locks = new LockPolicy.PerObject().open();
    ObjectLock common = locks.object("counter");
    long[] table = new long[TABLE];
    AtomicLong references = new AtomicLong(1);
    AtomicLong items = new AtomicLong();
    AtomicLong cpuNanos = new AtomicLong();
    CountDownLatch ready = new CountDownLatch(threads);
    long nanos = bench.slice().toNanos() / 2;
    Crew.run(
        threads,
        number -> {
          WorkerLock worker = locks.worker();
          long[] own = new long[TABLE];
          Task task =
              switch (way) {
                case OWN -> counting(own, locks.object("counter"), worker, 0);
                case SHARED -> counting(table, common, worker, 0);
                case HELD -> counting(table, common, worker, INTERPRETED);
                case MERGED -> counting(own, null, worker, 0);
                case READ -> reading(table, null);
                default -> reading(table, references);
              };
          ready.countDown();
          ready.await();
          long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
          long end = bench.now() + nanos;
          long seed = number + 1L;
          long done = 0;
          do {
            seed = task.items(seed);
            done += STRIDE;
          } while (bench.now() - end < 0);
          if (way.equals(MERGED)) {
            merge(own, table, common, worker);
          }
          items.addAndGet(seed == 0 ? 0 : done);
          cpuNanos.addAndGet(
              ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
        });
    cpu.add(cpuNanos.get() / (double) items.get());
    return items.get() * 1e9 / nanos;
  }

  /**
   * Counts items into a table, holding its lock for each of them.
   *
   * @param lock null for none
   * @param held what else is done while the lock is held
   */
  private static Task counting(long[] table, ObjectLock lock, WorkerLock worker, int held) {
    return seed -> {
      long x = seed;
      for (int i = 0; i < STRIDE; i++) {
        x = Toil.steps(x, STEPS);
        if (lock != null) {
          lock.lock(worker);
          try {
            x = Toil.steps(x, held);
            table[(int) x & (TABLE - 1)]++;
          } finally {
            lock.unlock();
          }
        } else {
          table[(int) x & (TABLE - 1)]++;
        }
      }
      return x;
    };
  }

  /** Looks items up in a table that nobody changes; counts the references to it unless null. */
  private static Task reading(long[] table, AtomicLong references) {
    return seed -> {
      long x = seed;
      for (int i = 0; i < STRIDE; i++) {
        if (references != null) {
          add(references, 1);
        }
        x = Toil.steps(x + table[(int) x & (TABLE - 1)], 1);
        if (references != null) {
          add(references, -1);
        }
      }
      return x;
    };
  }

  /** As CPython does it for an object of another thread: a loop of comparing and swapping. */
  private static void add(AtomicLong references, long change) {
    long seen;
    do {
      seen = references.get();
    } while (!references.compareAndSet(seen, seen + change));
  }

  private static void merge(long[] own, long[] table, ObjectLock lock, WorkerLock worker) {
    lock.lock(worker);
    try {
      for (int i = 0; i < TABLE; i++) {
        table[i] += own[i];
      }
    } finally {
      lock.unlock();
    }
  }

  private static String paragraph(Rounds rounds) {
    double saved = rounds.ratio(MERGED + " x 2", SHARED + " x 2");
    return String.format(
        Locale.ROOT,
        "With tables and locks of their own two threads do %s times the work of one, with one table"
            + " under one lock %s times when it is held for nanoseconds, since who waits is parked, and"
            + " %s times when it is held for a microsecond, as an interpreter does. Tables"
            + " of their own without locks, merged at the end, do %s"
            + " times the work of the shared one. Reading one object together brings %s times the work"
            + " in the JVM; if it counted references as CPython does, it would bring %s.",
        Check.figure(gain(rounds, OWN)),
        Check.figure(gain(rounds, SHARED)),
        Check.figure(gain(rounds, HELD)),
        Check.figure(saved),
        Check.figure(gain(rounds, READ)),
        Check.figure(gain(rounds, COUNTED)));
  }

  private static List<Check> checks(Rounds rounds, double countedCost) {
    return List.of(
        new Check(7, "2 threads / 1, own locks", "1.9 to 2.0", gain(rounds, OWN), 1.6, 2.3, 2),
        new Check(
                7,
                "2 threads / 1, one shared lock, held for a microsecond",
                "0.8 to 1.1",
                gain(rounds, HELD),
                0.7,
                1.2,
                2)
            .unless(
                0.1,
                1.2,
                "what it takes to wake the thread that waits for a lock is a matter of the machine"),
        new Check(
                7,
                "2 threads / 1, one object read, references counted",
                "0.36",
                gain(rounds, COUNTED),
                0.25,
                0.5,
                2)
            .unless(0.1, 1.2, CACHES),
        new Check(
                7,
                "CPU time an item, 2 threads / 1, references counted",
                "5.7",
                countedCost,
                4,
                8,
                2)
            .unless(1, 20, CACHES),
        new Check(
            7,
            "2 threads / 1, one object read, as the JVM does",
            "not so in CPython",
            gain(rounds, READ),
            1.6,
            2.3,
            2),
        new Check(
            7,
            "merged at the end / one shared lock, 2 threads",
            "not measured",
            rounds.ratio(MERGED + " x 2", SHARED + " x 2"),
            2,
            Double.POSITIVE_INFINITY,
            2));
  }
}
