package dev.baton.cli.lab;

import dev.baton.cli.Table;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.lock.Locks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A thread that serves small requests beside threads that compute. Each answer needs the lock for
 * microseconds, but whoever gives it up to read from a socket must win it back from a thread that
 * keeps it for a whole switch interval: the convoy effect.
 */
public final class ConvoyExperiment implements Experiment {
  private static final double DEFAULT_MS = LockPolicy.DEFAULT_SWITCH_INTERVAL.toMillis();
  private static final String ALONE = "no lock, nothing beside";
  private static final String FREE = "no lock, 1 thread beside";
  private static final String OWN = "per-object, 1 thread beside";
  private static final String RELEASED = "global-released 5.0 ms, 1 thread beside";
  private static final String TWO = "global 5.0 ms, 2 threads beside";

  /** The policy a server runs under and how many threads compute beside it. */
  private record Variant(LockPolicy policy, int beside) {}

  @Override
  public String id() {
    return "convoy";
  }

  @Override
  public String claim() {
    return "Beside one thread that computes, a server under one lock answers after a switch interval";
  }

  @Override
  public List<Integer> behaviours() {
    return List.of(3);
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    Map<String, Variant> variants = new LinkedHashMap<>();
    variants.put(ALONE, new Variant(new LockPolicy.None(), 0));
    variants.put(FREE, new Variant(new LockPolicy.None(), 1));
    variants.put(OWN, new Variant(new LockPolicy.PerObject(), 1));
    List.of(0.5, 1.0, 2.0, DEFAULT_MS, 20.0)
        .forEach(millis -> variants.put(global(millis), new Variant(globalOf(millis), 1)));
    variants.put(RELEASED, new Variant(new LockPolicy.GlobalReleased(), 1));
    variants.put(TWO, new Variant(globalOf(DEFAULT_MS), 2));
    Map<String, Percentiles> times = measure(bench, variants);
    return new Findings(
        List.of(new Findings.Sheet("Time to the first byte of an answer", table(variants, times))),
        charts(variants, times),
        paragraph(times),
        "Emulation: the global lock, given up around each read and write as CPython does. The JVM"
            + " itself: threads and sockets, which need no lock; what is left without one is the"
            + " system's scheduling of three threads on the cores there are.",
        checks(times));
  }

  private static String global(double millis) {
    return "global " + millis + " ms, 1 thread beside";
  }

  private static LockPolicy globalOf(double millis) {
    return new LockPolicy.Global(Duration.ofNanos((long) (millis * 1e6)));
  }

  /** In turn, after a round for warming up. */
  private static Map<String, Percentiles> measure(Bench bench, Map<String, Variant> variants)
      throws Exception {
    Map<String, Percentiles> times = new LinkedHashMap<>();
    for (int round = -1; round < bench.rounds(); round++) {
      for (var entry : variants.entrySet()) {
        Variant variant = entry.getValue();
        Locks locks = variant.policy().open();
        Percentiles answers = EchoServer.answers(bench, locks, variant.beside());
        if (round >= 0) {
          times.computeIfAbsent(entry.getKey(), name -> new Percentiles()).addAll(answers);
        }
      }
    }
    return times;
  }

  private static Table table(Map<String, Variant> variants, Map<String, Percentiles> times) {
    Table table = new Table("lock", ">beside", ">p50", ">p99", ">answers/s");
    times.forEach(
        (name, time) ->
            table.row(
                name.substring(0, name.indexOf(',')),
                String.valueOf(variants.get(name).beside()),
                Check.figure(time.millis(0.5)) + " ms",
                Check.figure(time.millis(0.99)) + " ms",
                String.format(Locale.ROOT, "%,.0f", time.perSecond())));
    return table;
  }

  private static List<Chart> charts(Map<String, Variant> variants, Map<String, Percentiles> times) {
    List<Chart.Point> middle = new ArrayList<>();
    List<Chart.Point> slow = new ArrayList<>();
    List<Chart.Point> free = new ArrayList<>();
    variants.forEach(
        (name, variant) -> {
          if (variant.policy() instanceof LockPolicy.Global global && variant.beside() == 1) {
            double interval = global.switchInterval().toNanos() / 1e6;
            middle.add(new Chart.Point(interval, times.get(name).millis(0.5)));
            slow.add(new Chart.Point(interval, times.get(name).millis(0.99)));
            free.add(new Chart.Point(interval, times.get(FREE).millis(0.5)));
          }
        });
    return List.of(
        new Chart.Lines(
            "Time to first byte beside one computing thread",
            "switch interval, ms",
            "time to first byte, ms",
            true,
            true,
            List.of(
                new Chart.Line("global, p50", "global", middle),
                new Chart.Line("global, p99", "global-released", slow),
                new Chart.Line("no lock, p50", "none", free),
                new Chart.Line(
                    "CPython, p50",
                    "python",
                    List.of(new Chart.Point(0.5, 0.59), new Chart.Point(DEFAULT_MS, 5.2))))));
  }

  private static String paragraph(Map<String, Percentiles> times) {
    Percentiles one = times.get(global(DEFAULT_MS));
    return String.format(
        Locale.ROOT,
        "Half of the answers take %s ms or less under the lock with the default interval of 5 ms, %s ms"
            + " without a lock: a factor of %.0f, for a server that needs the lock for microseconds. A"
            + " shorter interval helps in proportion (%s ms at 0.5 ms). Beside a second computing thread the"
            + " server waits for the turns of both, %s ms for half of its answers, and makes %s a second"
            + " instead of %s. Without a lock the slowest in a hundred still takes %s ms, when the threads"
            + " outnumber the cores.",
        Check.figure(one.millis(0.5)),
        Check.figure(times.get(FREE).millis(0.5)),
        one.millis(0.5) / times.get(FREE).millis(0.5),
        Check.figure(times.get(global(0.5)).millis(0.5)),
        Check.figure(times.get(TWO).millis(0.5)),
        Check.figure(times.get(TWO).perSecond()),
        Check.figure(one.perSecond()),
        Check.figure(times.get(FREE).millis(0.99)));
  }

  private static List<Check> checks(Map<String, Percentiles> times) {
    double most = Double.POSITIVE_INFINITY;
    double one = times.get(global(DEFAULT_MS)).millis(0.5);
    return List.of(
        new Check(3, "p50 / interval of 5 ms", "1.04", one / DEFAULT_MS, 0.9, 1.5, 1),
        new Check(
            3,
            "p50 / interval of 0.5 ms",
            "1.2",
            times.get(global(0.5)).millis(0.5) / 0.5,
            0.6,
            2.5,
            1),
        new Check(
            3,
            "p50 / interval of 5 ms, released in kernels, of which there are none",
            "1.04",
            times.get(RELEASED).millis(0.5) / DEFAULT_MS,
            0.9,
            1.5,
            1),
        new Check(
            3,
            "p99 / interval of 5 ms",
            "1 to 2, not measured",
            times.get(global(DEFAULT_MS)).millis(0.99) / DEFAULT_MS,
            0.95,
            2.5,
            1),
        new Check(
            3,
            "p50 / interval of 5 ms, 2 threads beside",
            "2.0",
            times.get(TWO).millis(0.5) / DEFAULT_MS,
            1.6,
            2.6,
            1),
        new Check(
                3,
                "mean / interval of 5 ms, 2 threads beside",
                "2.4 to 3.9",
                1e3 / times.get(TWO).perSecond() / DEFAULT_MS,
                2.1,
                4.5,
                1)
            .unless(
                1.5,
                5,
                "who of several waiters is woken CPython leaves to the C library, which may pass the"
                    + " server over; here it is the one that has waited longest"),
        new Check(
            3,
            "p50 under the global lock / without a lock",
            "tens",
            one / times.get(FREE).millis(0.5),
            20,
            most,
            2),
        new Check(
                3,
                "answers a second without a lock beside 1 thread / alone",
                "0.87 free-threaded",
                times.get(FREE).perSecond() / times.get(ALONE).perSecond(),
                0.7,
                1.1,
                2)
            .unless(0.5, most, "the system lets three threads take turns on the cores there are"),
        new Check(
            3,
            "answers a second beside 1 thread / alone, global 5 ms",
            "0.012",
            times.get(global(DEFAULT_MS)).perSecond() / times.get(ALONE).perSecond(),
            0,
            0.05,
            1));
  }
}
