package dev.baton.cli.lab;

import dev.baton.cli.Table;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.lock.Locks;
import dev.baton.engine.lock.ObjectLock;
import dev.baton.engine.lock.WorkerLock;
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
  private static final String OWN = "own tables, own locks";
  private static final String SHARED = "one table, one lock";
  private static final String MERGED = "own tables, merged at the end";
  private static final String READ = "one object, read only";
  private static final String COUNTED = "one object, read only, references counted";
  private static final List<String> WAYS = List.of(OWN, SHARED, MERGED, READ, COUNTED);

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
    Map<String, Rounds.Measurement> variants = new LinkedHashMap<>();
    for (String way : WAYS) {
      for (int threads = 1; threads <= 2; threads++) {
        int count = threads;
        variants.put(way + " x " + threads, () -> speed(bench, way, count));
      }
    }
    Rounds rounds = Rounds.measure(bench.rounds(), variants);
    Table table = new Table("two threads with", ">items/s, 1 thread", ">2 threads", ">ratio");
    for (String way : WAYS) {
      table.row(
          way,
          millions(rounds.median(way + " x 1")),
          millions(rounds.median(way + " x 2")),
          Check.figure(gain(rounds, way)) + "x");
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
        "Emulation: the count of references, one atomic addition at each use and one after, which is"
            + " what makes free-threaded CPython slow on a shared object even when it is only read."
            + " The JVM itself: everything else. It counts no references, so reading together is free. How much"
            + " a contended count costs depends on the cores: little where two share a cache.",
        checks(rounds));
  }

  private static String group(String way) {
    return way.equals(OWN) || way.equals(SHARED)
        ? "per-object"
        : way.equals(COUNTED) ? "global-released" : "none";
  }

  private static double gain(Rounds rounds, String way) {
    return rounds.ratio(way + " x 2", way + " x 1");
  }

  private static String millions(double items) {
    return Check.figure(items / 1e6) + " M";
  }

  /** Items a second of all threads together. */
  private static double speed(Bench bench, String way, int threads) throws Exception {
    Locks locks = new LockPolicy.PerObject().open();
    ObjectLock common = locks.object("counter");
    long[] table = new long[TABLE];
    AtomicLong references = new AtomicLong(1);
    AtomicLong items = new AtomicLong();
    CountDownLatch ready = new CountDownLatch(threads);
    long nanos = bench.slice().toNanos() / 2;
    Crew.run(
        threads,
        number -> {
          WorkerLock worker = locks.worker();
          long[] own = new long[TABLE];
          Task task =
              switch (way) {
                case OWN -> counting(own, locks.object("counter"), worker);
                case SHARED -> counting(table, common, worker);
                case MERGED -> counting(own, null, worker);
                case READ -> reading(table, null);
                default -> reading(table, references);
              };
          ready.countDown();
          ready.await();
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
        });
    return items.get() * 1e9 / nanos;
  }

  /** Counts items into a table, holding its lock for each of them; no lock when null. */
  private static Task counting(long[] table, ObjectLock lock, WorkerLock worker) {
    return seed -> {
      long x = seed;
      for (int i = 0; i < STRIDE; i++) {
        x = Toil.steps(x, 4);
        if (lock != null) {
          lock.lock(worker);
          try {
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
          references.incrementAndGet();
        }
        x = Toil.steps(x + table[(int) x & (TABLE - 1)], 4);
        if (references != null) {
          references.decrementAndGet();
        }
      }
      return x;
    };
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
            + " under one lock %s times. Tables of their own without locks, merged at the end, do %s"
            + " times the work of the shared one. Reading one object together brings %s times the work"
            + " in the JVM; if it counted references as CPython does, it would bring %s.",
        Check.figure(gain(rounds, OWN)),
        Check.figure(gain(rounds, SHARED)),
        Check.figure(saved),
        Check.figure(gain(rounds, READ)),
        Check.figure(gain(rounds, COUNTED)));
  }

  private static List<Check> checks(Rounds rounds) {
    return List.of(
        new Check(7, "2 threads / 1, own locks", "1.9 to 2.0", gain(rounds, OWN), 1.6, 2.3, 2),
        new Check(
            7, "2 threads / 1, one shared lock", "0.8 to 1.1", gain(rounds, SHARED), 0.1, 1.2, 2),
        new Check(
            7,
            "2 threads / 1, one object read, references counted",
            "0.36",
            gain(rounds, COUNTED),
            0.1,
            1.2,
            2),
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
