package dev.baton.cli.lab;

import dev.baton.cli.Human;
import dev.baton.cli.Table;
import dev.baton.cli.compare.Medians;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.ExecutionMode.Transport;
import dev.baton.engine.RunReport;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.operators.expression.Derive;
import dev.baton.operators.expression.Expression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The same CPU-bound pipeline on threads under each lock policy, in processes and on an event loop.
 * Everything is what the engine does for any pipeline; only the work is made up, so that nothing
 * but the processor counts.
 */
public final class CpuExperiment implements Experiment {
  /** Some milliseconds of work a split, in which a worker passes a checkpoint every thousand. */
  private static final int ROWS = 16_384;

  /** Forty-nine functions for each row, which leave its logarithm but for rounding. */
  private static final String WORK = "ln(exp(".repeat(24) + "ln(x)" + "))".repeat(24);

  /** Slices in a run: so long that a process that sat idle is not measured by how it wakes up. */
  private static final int SLICES = 2;

  private static final String INLINE = "inline";
  private static final String GLOBAL_1 = "threads x 1, global";
  private static final String GLOBAL_2 = "threads x 2, global";
  private static final String GLOBAL_4 = "threads x 4, global";
  private static final String OBJECT_2 = "threads x 2, per-object";
  private static final String NONE_1 = "threads x 1, none";
  private static final String NONE_2 = "threads x 2, none";
  private static final String PROCESS_1 = "processes x 1";
  private static final String PROCESS_2 = "processes x 2";
  private static final String QUEUE_2 = "processes x 2, by queue";
  private static final String SPLITS_2 = "processes x 2, splits sent";
  private static final String GLOBAL_PROCESS_2 = "processes x 2, global in each";
  private static final String LOOP = "event-loop";

  /** One way to run it. */
  private record Way(ExecutionMode mode, LockPolicy policy) {
    String group() {
      return switch (mode.id()) {
        case "processes", "event-loop" -> mode.id();
        default -> policy.id();
      };
    }
  }

  @Override
  public String id() {
    return "cpu";
  }

  @Override
  public String claim() {
    return "Under one lock more threads compute no faster; without it, or in processes, each core counts";
  }

  @Override
  public List<Integer> behaviours() {
    return List.of(1, 6, 9, 10);
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    Map<String, Way> ways = ways();
    Map<String, List<RunReport>> reports = measure(bench, ways);
    return new Findings(
        List.of(
            new Findings.Sheet("Threads or processes, lock or no lock", choices(reports)),
            new Findings.Sheet("Every way", figures(reports))),
        List.of(
            new Chart.Bars(
                "Speed-up over inline",
                "times the rows a second of inline",
                ways.entrySet().stream()
                    .map(
                        way ->
                            new Chart.Bar(
                                way.getKey(),
                                way.getValue().group(),
                                speedUp(reports, way.getKey(), INLINE)))
                    .toList())),
        paragraph(reports),
        "Emulation: the global lock; under it Java code waits as Python code does, but computes at"
            + " Java's speed. The JVM itself: threads without a lock and with locks of objects, and"
            + " the processes, which are whole JVMs, where Python forks or starts interpreters. A"
            + " free-threaded Python's price for a single thread (1.1x, and 35 % more memory)"
            + " has no counterpart.",
        checks(reports));
  }

  private static Map<String, Way> ways() {
    LockPolicy none = new LockPolicy.None();
    LockPolicy global = new LockPolicy.Global();
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put(INLINE, new Way(ExecutionMode.inline(), none));
    ways.put(GLOBAL_1, new Way(ExecutionMode.threads(1), global));
    ways.put(GLOBAL_2, new Way(ExecutionMode.threads(2), global));
    ways.put(GLOBAL_4, new Way(ExecutionMode.threads(4), global));
    ways.put(OBJECT_2, new Way(ExecutionMode.threads(2), new LockPolicy.PerObject()));
    ways.put(NONE_1, new Way(ExecutionMode.threads(1), none));
    ways.put(NONE_2, new Way(ExecutionMode.threads(2), none));
    ExecutionMode.Processes two = ExecutionMode.processes(2).withShip(Ship.DATA);
    ways.put(PROCESS_1, new Way(ExecutionMode.processes(1).withShip(Ship.DATA), none));
    ways.put(PROCESS_2, new Way(two, none));
    ways.put(QUEUE_2, new Way(two.withTransport(Transport.QUEUE), none));
    ways.put(SPLITS_2, new Way(two.withShip(Ship.SPLITS), none));
    ways.put(GLOBAL_PROCESS_2, new Way(two, global));
    ways.put(LOOP, new Way(ExecutionMode.eventLoop(16), none));
    return ways;
  }

  /** In turn, round after round, when all are warm. */
  private static Map<String, List<RunReport>> measure(Bench bench, Map<String, Way> ways) {
    Map<String, List<RunReport>> reports = new LinkedHashMap<>();
    try (Engine engine = Engine.open()) {
      Load load = new Load(engine, ROWS, new Derive(Numbers.COLUMN, Expression.parse(WORK)));
      int splits = load.splitsFor(bench.slice().multipliedBy(SLICES));
      ways.values().forEach(way -> warmUp(bench, load, way, splits));
      for (int round = 0; round < bench.rounds(); round++) {
        ways.forEach(
            (name, way) ->
                reports
                    .computeIfAbsent(name, x -> new ArrayList<>())
                    .add(load.run(way.mode(), way.policy(), splits)));
      }
    }
    return reports;
  }

  /** Each worker process compiles for itself, so it works for a while before it counts. */
  private static void warmUp(Bench bench, Load load, Way way, int splits) {
    long start = bench.now();
    do {
      load.run(way.mode(), way.policy(), splits);
    } while (way.mode() instanceof ExecutionMode.Processes
        && bench.now() - start < bench.warmUp().toNanos());
  }

  private static double speedUp(Map<String, List<RunReport>> reports, String way, String base) {
    List<RunReport> above = reports.get(base);
    List<RunReport> below = reports.get(way);
    double[] ratios = new double[above.size()];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] = seconds(above.get(round).wall()) / seconds(below.get(round).wall());
    }
    return Medians.of(ratios);
  }

  private static double median(List<RunReport> reports, ToDoubleFunction<RunReport> figure) {
    return Medians.of(reports.stream().mapToDouble(figure).toArray());
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  private static double coresBusy(List<RunReport> reports) {
    return median(reports, report -> seconds(report.cpu()) / seconds(report.wall()));
  }

  private static double switches(List<RunReport> reports) {
    return median(reports, report -> report.switches() / seconds(report.wall()));
  }

  private static String memory(List<RunReport> reports) {
    return Human.bytes((long) median(reports, RunReport::peakMemoryBytes));
  }

  /** The question of the project, with figures for answers. */
  private static Table choices(Map<String, List<RunReport>> reports) {
    Table table =
        new Table("choice", "effect of the lock", "memory", "what it takes", "typical use");
    return table
        .row(
            "threads, one lock",
            effect(reports, GLOBAL_2),
            "all of it shared",
            memory(reports.get(GLOBAL_2)),
            "what waits: requests, files; kernels that release the lock")
        .row(
            "threads, locks of objects",
            effect(reports, OBJECT_2),
            "all of it shared",
            memory(reports.get(OBJECT_2)),
            "work on every core that shares what changes")
        .row(
            "threads, no lock",
            effect(reports, NONE_2),
            "read together, changed apart",
            memory(reports.get(NONE_2)),
            "work on every core that can be merged at the end")
        .row(
            "processes",
            effect(reports, PROCESS_2),
            Human.bytes((long) median(reports.get(PROCESS_2), RunReport::ipcBytes)) + " crossed",
            memory(reports.get(PROCESS_2)) + ", two JVMs to start",
            "code that may crash, leak or not be thread-safe")
        .row(
            "event loop",
            effect(reports, LOOP),
            "one thread's",
            memory(reports.get(LOOP)),
            "thousands of requests at once");
  }

  private static String effect(Map<String, List<RunReport>> reports, String way) {
    return Check.figure(speedUp(reports, way, INLINE))
        + "x inline, "
        + Check.figure(coresBusy(reports.get(way)))
        + " cores busy";
  }

  private static Table figures(Map<String, List<RunReport>> reports) {
    Table table =
        new Table(
            "way", ">rows/s", ">speed-up", ">cores busy", ">switches/s", ">lock wait", ">crossing");
    reports.forEach(
        (way, runs) ->
            table.row(
                way,
                Human.rate(median(runs, RunReport::rowsPerSecond)),
                Check.figure(speedUp(reports, way, INLINE)) + "x",
                Check.figure(coresBusy(runs)),
                String.format(Locale.ROOT, "%,.0f", switches(runs)),
                Check.figure(median(runs, run -> seconds(run.lockWait()))) + " s",
                Human.bytes((long) median(runs, RunReport::ipcBytes))));
    return table;
  }

  private static String paragraph(Map<String, List<RunReport>> reports) {
    return String.format(
        Locale.ROOT,
        "Two threads under the global lock do %s times the work of one and four %s times, with %s cores"
            + " busy. Without a lock two threads do %s times the work of one, and with locks of objects,"
            + " of which this work needs none, %s times. Two processes do %s times the work of inline"
            + " with what they read and write in shared memory, %s times through a queue, and %s times"
            + " when they are sent where the data is and read it themselves; one"
            + " process does %s times. An event loop, which has nothing to wait for, does %s times. All"
            + " ways gave the same digest.",
        Check.figure(speedUp(reports, GLOBAL_2, GLOBAL_1)),
        Check.figure(speedUp(reports, GLOBAL_4, GLOBAL_1)),
        Check.figure(coresBusy(reports.get(GLOBAL_2))),
        Check.figure(speedUp(reports, NONE_2, NONE_1)),
        Check.figure(speedUp(reports, OBJECT_2, NONE_1)),
        Check.figure(speedUp(reports, PROCESS_2, INLINE)),
        Check.figure(speedUp(reports, QUEUE_2, INLINE)),
        Check.figure(speedUp(reports, SPLITS_2, INLINE)),
        Check.figure(speedUp(reports, PROCESS_1, INLINE)),
        Check.figure(speedUp(reports, LOOP, INLINE)));
  }

  private static List<Check> checks(Map<String, List<RunReport>> reports) {
    return List.of(
        ratio(reports, 1, "2 threads / 1, global", GLOBAL_2, GLOBAL_1, "0.95 to 1.05", 0.8, 1.15),
        ratio(reports, 1, "4 threads / 1, global", GLOBAL_4, GLOBAL_1, "0.95 to 1.05", 0.8, 1.15),
        new Check(
            1,
            "cores busy, 2 threads, global",
            "1",
            coresBusy(reports.get(GLOBAL_2)),
            0.85,
            1.25,
            2),
        new Check(
            1,
            "switches a second, 2 threads, global",
            "about 400",
            switches(reports.get(GLOBAL_2)),
            200,
            800,
            2),
        ratio(reports, 6, "2 threads / 1, no lock", NONE_2, NONE_1, "1.9 to 2.05", 1.7, 2.2),
        ratio(reports, 6, "2 threads / 1, per-object", OBJECT_2, NONE_1, "1.9 to 2.05", 1.7, 2.2),
        ratio(reports, 9, "1 process / inline", PROCESS_1, INLINE, "0.8 to 0.96", 0.7, 1.1),
        ratio(
            reports,
            9,
            "2 processes / inline, shared memory",
            PROCESS_2,
            INLINE,
            "1.6 to 2.0",
            1.4,
            2.15),
        ratio(
            reports,
            9,
            "2 processes / inline, by queue",
            QUEUE_2,
            INLINE,
            "1.55 to 1.7 by pickling",
            1.3,
            2.15),
        ratio(
            reports,
            9,
            "2 processes / inline, splits sent",
            SPLITS_2,
            INLINE,
            "1.6 to 2.0",
            1.5,
            2.15),
        ratio(
            reports,
            9,
            "2 processes / inline, a global lock in each",
            GLOBAL_PROCESS_2,
            INLINE,
            "1.6 to 2.0",
            1.4,
            2.15),
        ratio(reports, 10, "event loop / inline", LOOP, INLINE, "about 1.0", 0.85, 1.15));
  }

  private static Check ratio(
      Map<String, List<RunReport>> reports,
      int behaviour,
      String what,
      String way,
      String base,
      String python,
      double low,
      double high) {
    return new Check(behaviour, what, python, speedUp(reports, way, base), low, high, 2);
  }
}
