package dev.baton.cli;

import dev.baton.cli.compare.Comparison;
import dev.baton.cli.compare.ComparisonJson;
import dev.baton.cli.compare.ComparisonText;
import dev.baton.cli.compare.Difference;
import dev.baton.cli.compare.Result;
import dev.baton.cli.compare.Variant;
import dev.baton.cli.compare.Verdict;
import dev.baton.cli.predict.Prediction;
import dev.baton.cli.report.HtmlReport;
import dev.baton.cli.report.ReportData;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.ExecutionMode.Transport;
import dev.baton.engine.RunReport;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.operator.Nature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
      "Every mode runs with every lock policy and number of workers asked for, and always inline",
      "without a lock, which speed-ups refer to. Figures are medians. When outputs differ, their first",
      "difference is shown instead of figures, and the exit code is 3. Examples:",
      "  baton compare birdstrikes",
      "  baton compare birdstrikes --locks global,global-released,per-object,none --repeats 5",
      "  baton compare features.yaml --modes threads --workers 1,2,4,8 --json figures.json",
      "  baton compare features.yaml --locks global --switch-intervals 1ms,5ms,50ms",
      "  baton compare features.yaml --batch-sizes 64KiB,256KiB,1MiB",
      "  baton compare delays --with-python"
    })
final class CompareCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE.yaml|EXAMPLE",
      description = "A pipeline file, or an example's name.")
  private String file;

  @Option(
      names = "--modes",
      split = ",",
      paramLabel = "MODE",
      converter = RunFlags.ModeName.class,
      description =
          "Of inline, threads, processes, event-loop; by default all, the last only where a step asks"
              + " the outside world.")
  private List<String> modes;

  @Option(
      names = "--locks",
      split = ",",
      paramLabel = "POLICY",
      converter = RunFlags.LockName.class,
      description =
          "Of global, global-released, per-object, none; by default none, and global for threads.")
  private List<String> locks;

  @Option(
      names = "--workers",
      split = ",",
      paramLabel = "N",
      description = "How many threads or processes; by default 1 and one per core.")
  private List<Integer> workers = defaultWorkers();

  @Option(
      names = "--in-flight",
      split = ",",
      paramLabel = "N",
      description = "For event-loop: the most questions under way at once; by default 128.")
  private List<Integer> inFlight = List.of(RunChoice.DEFAULT_IN_FLIGHT);

  @Option(
      names = {"--switch-interval", "--switch-intervals"},
      split = ",",
      paramLabel = "TIME",
      converter = RunFlags.Interval.class,
      description = "After how long a waiting worker asks for the global lock; by default 5ms.")
  private List<Duration> switchIntervals = List.of(LockPolicy.DEFAULT_SWITCH_INTERVAL);

  @Option(
      names = "--batch-sizes",
      split = ",",
      paramLabel = "SIZE",
      converter = RunFlags.Size.class,
      description = "How much of the source one split holds; by default what the file says.")
  private List<Long> batchSizes = List.of(0L);

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

  @Option(
      names = "--with-python",
      description =
          "Also runs the same work in every Python found; for examples with a script, such as delays.")
  private boolean withPython;

  @Option(
      names = "--predict",
      description = "Also prints what more workers would bring, and how far off that is.")
  private boolean predict;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "The report to write; by default baton-report.html.")
  private Path html = Path.of("baton-report.html");

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes the figures as JSON.")
  private Path json;

  CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  private static List<Integer> defaultWorkers() {
    return List.copyOf(new TreeSet<>(List.of(1, Runtime.getRuntime().availableProcessors())));
  }

  @Override
  public Integer call() throws InterruptedException {
    Job job = Job.load(file).redirect(in, null);
    List<Variant> variants = variants(job);
    BesidePython beside = withPython ? BesidePython.of(job) : null;
    Subject subject = new Subject(job, batchSizes);
    Machine machine = Machine.current();
    terminal.out().println(job.name() + " on " + machine);
    terminal.out().flush();
    Comparison comparison;
    Difference difference = null;
    try (Engine engine = Engine.open()) {
      comparison =
          Comparison.measure(
              variants,
              repeats,
              (variant, label, timeline) ->
                  subject.run(engine, variant, label, timeline, terminal));
      if (!comparison.outputsAgree()) {
        Result differing = comparison.differing().get(0);
        Result reference = comparison.reference(differing);
        difference = subject.difference(engine, reference.variant(), differing.variant());
      }
    }
    List<Prediction> predictions =
        comparison.outputsAgree() ? comparison.predict(machine.cores()) : List.of();
    print(comparison, predictions, difference);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("pipeline", job.name());
    figures.put("machine", machine.json());
    figures.putAll(ComparisonJson.of(comparison, predictions, difference));
    boolean pythonAgrees = true;
    if (beside != null && comparison.outputsAgree()) {
      beside.measure(Collections.max(workers), repeats);
      String digest = comparison.baseline().digest();
      terminal.out().print("\n" + beside.text(digest));
      figures.put("python", beside.json());
      pythonAgrees = beside.agrees(digest);
    }
    if (json != null) {
      Json.write(json, figures);
    }
    Map<String, Object> data =
        ReportData.of(
            figures, comparison, predictions, difference, origin(job, machine, comparison));
    String page = page(job, machine, comparison, predictions, data);
    WholeFile.write("--report", html, page.getBytes(StandardCharsets.UTF_8));
    terminal.out().println("report: " + html);
    return comparison.outputsAgree() && pythonAgrees ? ExitCodes.OK : ExitCodes.DIGESTS_DIFFER;
  }

  private List<Variant> variants(Job job) {
    if (repeats < 1) {
      throw new UsageException("--repeats must be at least 1 but was " + repeats);
    }
    try {
      List<Variant> wanted = new ArrayList<>();
      for (String mode : modes == null ? modesFor(job) : modes) {
        List<LockPolicy> policies = policies(locks == null ? locksFor(mode) : locks);
        for (int count : workers) {
          for (int questions : inFlight) {
            ExecutionMode way = RunChoice.mode(mode, count, questions, ship, transport);
            policies.forEach(policy -> wanted.add(new Variant(way, policy)));
          }
        }
      }
      return Variant.all(wanted, batchSizes);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private List<LockPolicy> policies(List<String> ids) {
    List<LockPolicy> policies = new ArrayList<>();
    for (String id : ids) {
      switchIntervals.forEach(interval -> policies.add(LockPolicy.parse(id, interval)));
    }
    return policies;
  }

  /** One worker has nobody to share a lock with, and every process has a lock of its own. */
  private static List<String> locksFor(String mode) {
    return mode.equals("threads") ? List.of("global", "none") : List.of("none");
  }

  /** An event loop is inline by another name where nothing waits. */
  private static List<String> modesFor(Job job) {
    boolean waits =
        job.pipeline().operators().stream()
            .anyMatch(operator -> operator.nature() == Nature.BLOCKING);
    return waits
        ? RunChoice.MODES
        : RunChoice.MODES.stream().filter(mode -> !mode.equals("event-loop")).toList();
  }

  private static String page(
      Job job,
      Machine machine,
      Comparison comparison,
      List<Prediction> predictions,
      Map<String, Object> data) {
    boolean agree = comparison.outputsAgree();
    Verdict verdict = agree ? Verdict.of(comparison, predictions) : null;
    return HtmlReport.of(
        new HtmlReport.Page(
            "Baton compare",
            job.name(),
            machine.place(),
            agree ? verdict.headline() : "The outputs differ, so speeds are not compared.",
            agree ? String.join(" ", verdict.reasons()) : ComparisonText.refusal(comparison) + ".",
            "compare.js"),
        data);
  }

  private ReportData.Origin origin(Job job, Machine machine, Comparison comparison) {
    Map<String, String> environment = machine.environment();
    environment.put("rounds", String.valueOf(repeats));
    environment.put(
        "other programs", String.format(Locale.ROOT, "%.1f cores busy", comparison.otherCores()));
    try {
      return new ReportData.Origin(
          job.file().getFileName().toString(),
          Files.readString(job.file()),
          CommandText.of(spec.commandLine().getParent().getParseResult().originalArgs()),
          environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void print(Comparison comparison, List<Prediction> predictions, Difference difference) {
    terminal.out().println();
    if (comparison.outputsAgree()) {
      RunReport any = comparison.baseline().repeats().get(0);
      terminal.out().print(ComparisonText.figures(comparison, predictions));
      if (predict) {
        terminal.out().println();
        terminal.out().print(ComparisonText.predictions(predictions));
      }
      terminal
          .out()
          .printf(
              "%n%s rows in, %s out, %d columns; output digest %s in every run%s%n",
              Human.count(any.rowsIn()),
              Human.count(any.rowsOut()),
              any.schema().getFields().size(),
              comparison.baseline().digest(),
              comparison.sizesAgree() ? "" : " with the first batch size");
    } else {
      terminal.err().println("baton: " + ComparisonText.refusal(comparison));
      terminal.out().print(ComparisonText.differences(comparison, difference));
    }
  }
}
