package dev.baton.cli.lab;

import dev.baton.cli.Human;
import dev.baton.cli.Table;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.lock.LockPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Requests of five milliseconds each, of which a part is work with the answer: on one thread, on
 * more under the global lock and without, and on an event loop.
 */
public final class IoExperiment implements Experiment {
  private static final double REQUEST_NANOS = 5e6;
  private static final int IN_FLIGHT = 120;
  private static final List<Integer> THREADS = List.of(1, 4, 16);
  private static final List<Integer> SHARES = List.of(0, 10, 30);
  private static final LockPolicy GLOBAL = new LockPolicy.Global();
  private static final LockPolicy NONE = new LockPolicy.None();

  /** One way to ask, and the most requests it can have under way. */
  private record Way(ExecutionMode mode, LockPolicy policy, int abreast) {
    String name() {
      return mode instanceof ExecutionMode.EventLoop
          ? "event loop, " + abreast + " in flight"
          : abreast + (abreast == 1 ? " thread, " : " threads, ") + policy.id();
    }
  }

  @Override
  public String id() {
    return "io";
  }

  @Override
  public String claim() {
    return "Threads that wait do so together, even under one lock, until their work fills it";
  }

  @Override
  public List<Integer> behaviours() {
    return List.of(4);
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    double stepsPerNano = stepsPerNano(bench);
    Map<Integer, Rounds> byShare = new LinkedHashMap<>();
    for (int share : SHARES) {
      byShare.put(share, measure(bench, share, stepsPerNano));
    }
    Table table = new Table("way", ">0 % work", ">10 % work", ">30 % work", ">requests/s at 0 %");
    for (Way way : ways()) {
      table.row(
          way.name(),
          speedUp(byShare, 0, way),
          speedUp(byShare, 10, way),
          speedUp(byShare, 30, way),
          Human.rate(byShare.get(0).median(way.name())));
    }
    return new Findings(
        List.of(new Findings.Sheet("Requests a second, times those of one thread", table)),
        List.of(chart(byShare)),
        paragraph(byShare),
        "Emulation: the global lock, given up while a request waits. The JVM itself: threads and"
            + " timers. A request is time that passes, without socket or server, so the event loop's"
            + " figure is that of the loop; with real HTTP see the example enrich.",
        checks(byShare));
  }

  private static List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    THREADS.forEach(n -> ways.add(new Way(ExecutionMode.threads(n), GLOBAL, n)));
    ways.add(new Way(ExecutionMode.threads(16), NONE, 16));
    ways.add(new Way(ExecutionMode.eventLoop(IN_FLIGHT), NONE, IN_FLIGHT));
    return ways;
  }

  /** How much of the made-up work fits into a nanosecond when nothing else runs. */
  private static double stepsPerNano(Bench bench) {
    int steps = 1_000_000;
    double best = 0;
    for (int i = 0; i < 5; i++) {
      long start = bench.now();
      long result = Toil.steps(start, steps);
      best = Math.max(best, result == 0 ? 0 : steps / (double) (bench.now() - start));
    }
    return best;
  }

  private static Rounds measure(Bench bench, int share, double stepsPerNano) throws Exception {
    double work = REQUEST_NANOS * share / 100;
    Ask ask = new Ask(Duration.ofNanos((long) (REQUEST_NANOS - work)), (int) (work * stepsPerNano));
    double slice = bench.slice().toNanos();
    try (Engine engine = Engine.open()) {
      Load load = new Load(engine, 1, ask);
      Map<String, Rounds.Measurement> variants = new LinkedHashMap<>();
      for (Way way : ways()) {
        // So many that each of them has several, however many are under way.
        double waiting = Math.max(4, slice / REQUEST_NANOS) * way.abreast();
        // Where there is work in them, no more than take twice as long on one core.
        double most = share == 0 ? waiting : Math.min(waiting, Math.max(8, 2 * slice / work));
        int requests = (int) most;
        variants.put(
            way.name(), () -> load.run(way.mode(), way.policy(), requests).rowsPerSecond());
      }
      return Rounds.measure(bench.rounds(), variants);
    }
  }

  private static double ratio(Map<Integer, Rounds> byShare, int share, Way way) {
    return byShare.get(share).ratio(way.name(), ways().get(0).name());
  }

  private static String speedUp(Map<Integer, Rounds> byShare, int share, Way way) {
    return Check.figure(ratio(byShare, share, way)) + "x";
  }

  private static Chart chart(Map<Integer, Rounds> byShare) {
    List<Chart.Line> lines = new ArrayList<>();
    for (int share : SHARES) {
      lines.add(
          new Chart.Line(
              share + " % work",
              List.of("none", "global-released", "global").get(lines.size()),
              ways().stream()
                  .filter(way -> way.policy() == GLOBAL)
                  .map(way -> new Chart.Point(way.abreast(), ratio(byShare, share, way)))
                  .toList()));
    }
    lines.add(
        new Chart.Line(
            "CPython, 0 % work",
            "python",
            List.of(new Chart.Point(1, 1), new Chart.Point(4, 3.9), new Chart.Point(16, 14.6))));
    return new Chart.Lines(
        "Speed-up by threads under the global lock", "threads", "speed-up", true, true, lines);
  }

  private static String paragraph(Map<Integer, Rounds> byShare) {
    List<Way> ways = ways();
    return String.format(
        Locale.ROOT,
        "With nothing to compute 4 threads under the global lock make %s times the requests of one and"
            + " 16 threads %s times: who waits needs no lock. When 30 %% of each request is work, 16"
            + " threads make %s times as many, where one lock allows 3.3, and %s times without a lock. An"
            + " event loop with %d requests in flight makes %s times the requests of one thread, and %s"
            + " times when 30 %% is work, for it computes on one thread.",
        speedUp(byShare, 0, ways.get(1)).replace("x", ""),
        speedUp(byShare, 0, ways.get(2)).replace("x", ""),
        speedUp(byShare, 30, ways.get(2)).replace("x", ""),
        speedUp(byShare, 30, ways.get(3)).replace("x", ""),
        IN_FLIGHT,
        speedUp(byShare, 0, ways.get(4)).replace("x", ""),
        speedUp(byShare, 30, ways.get(4)).replace("x", ""));
  }

  private static List<Check> checks(Map<Integer, Rounds> byShare) {
    List<Way> ways = ways();
    return List.of(
        new Check(4, "4 threads / 1", "3.9", ratio(byShare, 0, ways.get(1)), 3.4, 4.2, 1),
        new Check(4, "16 threads / 1", "14.6", ratio(byShare, 0, ways.get(2)), 12, 16.5, 1),
        new Check(
            4, "16 threads / 1, 30 % work", "near 3", ratio(byShare, 30, ways.get(2)), 2.3, 3.6, 1),
        new Check(
                4,
                "event loop with " + IN_FLIGHT + " in flight / 1 thread",
                "96",
                ratio(byShare, 0, ways.get(4)),
                77,
                120,
                1)
            .unless(
                60,
                120,
                "each request is a split of its own here, which the loop's thread has to see to"));
  }
}
