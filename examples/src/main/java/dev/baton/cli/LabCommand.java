package dev.baton.cli;

import dev.baton.cli.lab.Bench;
import dev.baton.cli.lab.Experiment;
import dev.baton.cli.lab.Experiments;
import dev.baton.cli.lab.LabJson;
import dev.baton.cli.lab.LabText;
import dev.baton.cli.lab.Laboratory;
import dev.baton.cli.lab.Laboratory.Outcome;
import dev.baton.cli.report.HtmlReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code baton lab}. */
@Command(
    name = "lab",
    description = {
      "Shows by experiments what one lock, many locks and none do to threads and processes,",
      "beside what CPython does."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Without an experiment all are run, which takes some minutes. A claim that the figures do not",
      "bear out is a finding, not an error: the exit code is 0. Examples:",
      "  baton lab --list",
      "  baton lab convoy",
      "  baton lab --quick --report lab.html"
    })
final class LabCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "EXPERIMENT",
      description = "Which ones to run; by default all.")
  private List<String> names = List.of();

  @Option(names = "--list", description = "Lists the experiments and runs none.")
  private boolean list;

  @Option(names = "--quick", description = "Measures for seconds instead of minutes.")
  private boolean quick;

  @Option(
      names = "--slice",
      paramLabel = "TIME",
      converter = RunFlags.Interval.class,
      description = "About how long one measured run takes; by default 400ms, 100ms with --quick.")
  private Duration slice;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Measured runs of each variant; by default 7, 3 with --quick.")
  private Integer rounds;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "The report to write; by default baton-lab.html.")
  private Path html = Path.of("baton-lab.html");

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes the figures as JSON.")
  private Path json;

  LabCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      Table table = new Table("experiment", "claim");
      Experiments.all().forEach(one -> table.row(one.id(), one.claim()));
      terminal.out().print(table);
      return ExitCodes.OK;
    }
    List<Experiment> experiments = experiments();
    Machine machine = Machine.current();
    terminal.out().println("the laboratory on " + machine);
    Bench bench = bench();
    List<Outcome> outcomes = new ArrayList<>();
    for (Experiment experiment : experiments) {
      terminal.err().println(experiment.id() + " …");
      terminal.err().flush();
      Outcome outcome = Laboratory.run(experiment, bench);
      outcomes.add(outcome);
      terminal.out().println();
      terminal.out().print(LabText.of(outcome));
      terminal.out().flush();
    }
    terminal.out().println();
    terminal.out().println(LabText.summary(outcomes));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("machine", machine.json());
    figures.put("experiments", LabJson.of(outcomes));
    if (json != null) {
      Json.write(json, figures);
    }
    WholeFile.write(
        "--report", html, page(machine, outcomes, figures).getBytes(StandardCharsets.UTF_8));
    terminal.out().println("report: " + html);
    return ExitCodes.OK;
  }

  private Bench bench() {
    if (rounds != null && rounds < 1) {
      throw new UsageException("--rounds must be at least 1 but was " + rounds);
    }
    Bench bench = quick ? Bench.quick() : Bench.thorough();
    return bench.with(
        slice == null ? bench.slice() : slice, rounds == null ? bench.rounds() : rounds);
  }

  private List<Experiment> experiments() {
    try {
      return names.isEmpty() ? Experiments.all() : names.stream().map(Experiments::named).toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private String page(Machine machine, List<Outcome> outcomes, Map<String, Object> figures) {
    Map<String, Object> data = new LinkedHashMap<>(figures);
    data.put(
        "command", CommandText.of(spec.commandLine().getParent().getParseResult().originalArgs()));
    Map<String, String> environment = machine.environment();
    environment.put("rounds", bench().rounds() + " of " + Human.time(bench().slice()) + " a run");
    data.put("environment", environment);
    return HtmlReport.of(
        new HtmlReport.Page(
            "Baton lab",
            names.isEmpty() ? "all experiments" : String.join(", ", names),
            machine.place(),
            outcomes.size() == 1
                ? outcomes.get(0).experiment().claim()
                : "What one lock does, and what it costs to do without",
            LabText.summary(outcomes),
            "lab.js"),
        data);
  }
}
