package dev.baton.cli.lab;

import dev.baton.cli.Examples;
import dev.baton.cli.Table;
import dev.baton.cli.python.Python;
import dev.baton.cli.python.PythonFigures;
import dev.baton.cli.python.PythonScript;
import dev.baton.cli.python.Pythons;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.PipelineFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The work of {@code examples/delays} in every Python of this machine, by its standard library
 * alone, beside Baton's own runs of the same pipeline on the same file: outputs must have the same
 * digest.
 */
public final class PythonExperiment implements Experiment {
  private static final String EXAMPLE = "delays";
  private static final Path DATA = Path.of("../data/flights-50k.csv");
  private static final String INLINE = "inline";
  private static final String PROCESSES = "processes";

  private final Supplier<List<Python>> pythons;

  /** In the Pythons that {@link Pythons} finds. */
  public PythonExperiment() {
    this(Pythons::find);
  }

  PythonExperiment(Supplier<List<Python>> pythons) {
    this.pythons = pythons;
  }

  @Override
  public String id() {
    return "python";
  }

  @Override
  public String claim() {
    return "Baton's policies do to a pipeline what real Pythons do to the same work, with the same bits";
  }

  @Override
  public List<Integer> behaviours() {
    return List.of();
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    Path pipeline = Examples.resolve(EXAMPLE);
    int workers = Math.max(2, bench.cores());
    Set<String> digests = new LinkedHashSet<>();
    Map<String, RunOptions> ways = ways(workers);
    Rounds baton;
    try (Engine engine = Engine.open()) {
      Pipeline job = PipelineFile.read(pipeline, Catalogue.load()).pipeline().write(null);
      warmUp(engine, job, ways.get(PROCESSES), bench);
      Map<String, Rounds.Measurement> measurements = new LinkedHashMap<>();
      ways.forEach(
          (name, options) ->
              measurements.put(name, () -> seconds(engine, job, options, bench, digests)));
      baton = Rounds.measure(bench.rounds(), measurements);
    }
    String digest = digests.iterator().next();
    List<PythonFigures> measured = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    PythonScript script = PythonScript.beside(pipeline);
    Path data = pipeline.resolveSibling(DATA).normalize();
    for (Python python : pythons.get()) {
      try {
        measured.add(script.run(python, data, workers, Math.max(1, bench.rounds() / 2)));
      } catch (IOException e) {
        failures.add(python.name() + ": " + e.getMessage() + ".");
      }
    }
    List<Check> checks = new ArrayList<>();
    checks.add(differing("digests of Baton's runs beside the first", digests.size() - 1));
    measured.forEach(figures -> checks.addAll(checks(figures, digest)));
    return new Findings(
        sheets(ways, baton, measured, digest),
        List.of(chart(ways, baton, measured)),
        paragraph(measured, failures, workers, digest),
        "Not emulated: these Pythons run their own code under their own locks. Baton's figures are"
            + " those of warm code on the JVM. Both read the file from the page cache, and the"
            + " first round, with starting workers, is shown apart.",
        checks);
  }

  private static Map<String, RunOptions> ways(int workers) {
    RunOptions options = RunOptions.defaults().withDigest().withLock(new LockPolicy.None());
    Map<String, RunOptions> ways = new LinkedHashMap<>();
    ways.put(INLINE, options.withMode(ExecutionMode.inline()));
    ways.put(
        "threads, lock global",
        options.withMode(ExecutionMode.threads(workers)).withLock(new LockPolicy.Global()));
    ways.put("threads, no lock", options.withMode(ExecutionMode.threads(workers)));
    ways.put(PROCESSES, options.withMode(ExecutionMode.processes(workers)));
    return ways;
  }

  /** Each worker process compiles for itself, and one run of this work is too short for that. */
  private static void warmUp(Engine engine, Pipeline job, RunOptions options, Bench bench) {
    long start = bench.now();
    while (bench.now() - start < bench.warmUp().toNanos()) {
      engine.run(job, options);
    }
  }

  /** Of one run, when as many are made as fit into a slice. */
  private static double seconds(
      Engine engine, Pipeline job, RunOptions options, Bench bench, Set<String> digests) {
    long start = bench.now();
    int runs = 0;
    do {
      RunReport report = engine.run(job, options);
      digests.add(report.digest().toString());
      runs++;
    } while (bench.now() - start < bench.slice().toNanos());
    return (bench.now() - start) / 1e9 / runs;
  }

  private static List<Check> checks(PythonFigures figures, String digest) {
    String in = " in " + figures.python().name();
    List<Check> checks = new ArrayList<>();
    checks.add(
        differing(
            "ways with another digest than Baton's" + in,
            figures.ways().stream().filter(way -> !way.gave(digest)).count()));
    boolean plain = figures.python().implementation().equals("CPython");
    if (plain && figures.gil()) {
      checks.add(speedup(figures, "threads", "0.95 to 1.05", 0.85, 1.15, 1));
      checks.add(speedup(figures, "processes, pickle", "1.55 to 1.7", 1.3, 2.1, 2));
      checks.add(speedup(figures, "processes, shared memory", "1.6 to 2.0", 1.3, 2.1, 2));
    } else if (plain) {
      checks.add(speedup(figures, "threads", "1.9 to 2.05", 1.5, 2.15, 2));
    }
    if (plain) {
      checks.add(speedup(figures, "asyncio", "about 1.0", 0.85, 1.15, 1));
    }
    return checks;
  }

  private static Check differing(String what, long count) {
    return new Check(0, what, "none", count, 0, 0, 1);
  }

  private static Check speedup(
      PythonFigures figures, String way, String python, double low, double high, int cores) {
    String what = "speed-up of " + way + " in " + figures.python().name();
    return new Check(0, what, python, figures.speedup(way), low, high, cores);
  }

  private static List<Findings.Sheet> sheets(
      Map<String, RunOptions> ways, Rounds baton, List<PythonFigures> measured, String digest) {
    Table table = new Table("Baton", ">seconds", ">speed-up");
    for (String way : ways.keySet()) {
      table.row(way, Check.figure(baton.median(way)), Check.figure(baton.ratio(INLINE, way)) + "x");
    }
    List<Findings.Sheet> sheets = new ArrayList<>();
    sheets.add(new Findings.Sheet("examples/delays by Baton, digest " + digest, table));
    if (!measured.isEmpty()) {
      sheets.add(
          new Findings.Sheet("The same work by Python", PythonScript.table(measured, digest)));
    }
    return sheets;
  }

  private static Chart chart(
      Map<String, RunOptions> ways, Rounds baton, List<PythonFigures> measured) {
    List<Chart.Bar> bars = new ArrayList<>();
    ways.forEach(
        (way, options) ->
            bars.add(
                new Chart.Bar(
                    "Baton, " + way,
                    way.equals(PROCESSES) ? way : options.lock().id(),
                    baton.ratio(INLINE, way))));
    for (PythonFigures figures : measured) {
      figures
          .ways()
          .forEach(
              way ->
                  bars.add(
                      new Chart.Bar(
                          figures.python().name() + ", " + way.name(),
                          "python",
                          figures.speedup(way.name()))));
    }
    return new Chart.Bars("What workers gain, each against itself with one", "speed-up", bars);
  }

  private static String paragraph(
      List<PythonFigures> measured, List<String> failures, int workers, String digest) {
    StringBuilder text = new StringBuilder();
    if (measured.isEmpty() && failures.isEmpty()) {
      text.append(Pythons.NONE);
    } else if (!measured.isEmpty()) {
      long agreeing =
          measured.stream()
              .filter(one -> one.ways().stream().allMatch(way -> way.gave(digest)))
              .count();
      text.append(
          String.format(
              "%d of %d Pythons gave Baton's bits in every way. ", agreeing, measured.size()));
      for (PythonFigures figures : measured) {
        text.append(
            String.format(
                "%s%s gets %s from %d threads and %s from as many processes with shared memory. ",
                figures.python().name(),
                figures.gil() ? "" : " (running without a lock)",
                Check.figure(figures.speedup("threads")) + "x",
                workers,
                Check.figure(figures.speedup("processes, shared memory")) + "x"));
      }
    }
    failures.forEach(failure -> text.append("Not measured: ").append(failure).append(' '));
    return text.toString().strip();
  }
}
