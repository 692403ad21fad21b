package dev.baton.cli;

import dev.baton.cli.compare.Comparison;
import dev.baton.cli.compare.ComparisonJson;
import dev.baton.cli.compare.ComparisonText;
import dev.baton.cli.compare.Variant;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.ExecutionMode.Transport;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.lock.LockPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton compare}. */
@Command(
    name = "compare",
    description = {
      "Runs a pipeline in several ways, checks that all give the same output, and says how fast.",
      "Writes no output: the rows are transformed and digested."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Every mode runs with every lock policy and number of workers, and always inline without a",
      "lock, which is what speed-ups refer to. Figures are medians. When outputs differ, no figures",
      "are shown and the exit code is 3. Examples:",
      "  baton compare birdstrikes",
      "  baton compare birdstrikes --locks global,global-released,per-object,none --repeats 5",
      "  baton compare features.yaml --workers 1,2,4,8 --json figures.json"
    })
final class CompareCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILE.yaml|EXAMPLE",
      description = "A pipeline file, or an example's name.")
  private String file;

  @Option(
      names = "--modes",
      split = ",",
      paramLabel = "MODE",
      converter = RunFlags.ModeName.class,
      description = "Of inline, threads, processes; by default inline,threads.")
  private List<String> modes = List.of("inline", "threads");

  @Option(
      names = "--locks",
      split = ",",
      paramLabel = "POLICY",
      converter = RunFlags.LockName.class,
      description = "Of global, global-released, per-object, none; by default global,none.")
  private List<String> locks = List.of("global", "none");

  @Option(
      names = "--workers",
      split = ",",
      paramLabel = "N",
      description = "How many threads; by default 1 and one per core.")
  private List<Integer> workers = defaultWorkers();

  @Option(
      names = "--switch-interval",
      paramLabel = "TIME",
      converter = RunFlags.Interval.class,
      description = "After how long a waiting worker asks for the global lock; by default 5ms.")
  private Duration switchInterval = LockPolicy.DEFAULT_SWITCH_INTERVAL;

  @Option(
      names = "--ship",
      paramLabel = "WHAT",
      description = "What processes are sent: auto (default), data or splits.")
  private Ship ship = Ship.AUTO;

  @Option(
      names = "--transport",
      paramLabel = "HOW",
      description = "How batches travel between processes: slab (default) or queue.")
  private Transport transport = Transport.SLAB;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "Measured runs of each; by default 3.")
  private int repeats = 3;

  @Option(names = "--in", paramLabel = "PATH", description = "Reads this file instead.")
  private Path in;

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes the figures as JSON.")
  private Path json;

  CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  private static List<Integer> defaultWorkers() {
    return List.copyOf(new TreeSet<>(List.of(1, Runtime.getRuntime().availableProcessors())));
  }

  @Override
  public Integer call() {
    List<Variant> variants = variants();
    Job job = Job.load(file).redirect(in, null);
    // Only what bounds memory counts of the file's settings: how to run is what is compared.
    RunChoice fromFile =
        new RunChoice(
            null, null, null, null, job.choice().memory(), job.choice().ring(), null, null);
    RunOptions options = fromFile.options().withDigest();
    Pipeline pipeline = job.pipeline().write(null);
    Machine machine = Machine.current();
    terminal.out().println(job.name() + " on " + machine);
    terminal.out().flush();
    Comparison comparison;
    try (Engine engine = Engine.open()) {
      comparison =
          Comparison.measure(
              variants,
              repeats,
              (variant, label) -> run(engine, pipeline, options, variant, label));
    }
    report(comparison);
    if (json != null) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("pipeline", job.name());
      figures.put("machine", machine.json());
      figures.putAll(ComparisonJson.of(comparison));
      Json.write(json, figures);
    }
    return comparison.outputsAgree() ? ExitCodes.OK : ExitCodes.DIGESTS_DIFFER;
  }

  private List<Variant> variants() {
    if (repeats < 1) {
      throw new UsageException("--repeats must be at least 1 but was " + repeats);
    }
    try {
      List<LockPolicy> policies =
          locks.stream().map(id -> LockPolicy.parse(id, switchInterval)).toList();
      return Variant.all(modes, policies, workers, ship, transport);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private RunReport run(
      Engine engine, Pipeline pipeline, RunOptions options, Variant variant, String label) {
    RunOptions how = options.withMode(variant.mode()).withLock(variant.lock());
    return Running.run(engine, pipeline, how, terminal, label + ": " + variant);
  }

  private void report(Comparison comparison) {
    terminal.out().println();
    if (comparison.outputsAgree()) {
      RunReport any = comparison.baseline().repeats().get(0);
      terminal.out().print(ComparisonText.figures(comparison));
      terminal
          .out()
          .printf(
              "%n%s rows in, %s out, %d columns; output digest %s in every run%n",
              Human.count(any.rowsIn()),
              Human.count(any.rowsOut()),
              any.schema().getFields().size(),
              comparison.baseline().digest());
    } else {
      terminal.err().println("baton: " + ComparisonText.refusal(comparison));
      terminal.out().print(ComparisonText.differences(comparison));
    }
  }
}
