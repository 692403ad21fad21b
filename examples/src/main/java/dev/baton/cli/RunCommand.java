package dev.baton.cli;

import dev.baton.engine.Engine;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton run}. */
@Command(
    name = "run",
    description = "Runs a pipeline and says what it did.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Options win over the file's 'run:' section. A run that fails or is interrupted leaves no",
      "output. Examples:",
      "  baton run features.yaml",
      "  baton run features.yaml --mode threads --workers 4 --lock global",
      "  baton run penguins --in more.csv --out features.arrow --json report.json"
    })
final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE.yaml", description = "A pipeline file, or an example's name.")
  private String file;

  @Mixin private RunFlags flags;

  @Option(
      names = "--in",
      paramLabel = "PATH",
      description = "Reads this file; .csv, .tsv or .arrow. Options of the source stay.")
  private Path in;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      description = "Writes this file; .csv, .tsv or .arrow.")
  private Path out;

  @Option(names = "--digest", description = "Prints the digest of the output.")
  private boolean digest;

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes the report as JSON.")
  private Path json;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Job job = Job.load(file).redirect(in, out);
    RunOptions options = flags.choice().over(job.choice()).options();
    boolean wantsDigest = digest || json != null;
    try (Engine engine = Engine.open()) {
      RunReport report =
          Running.run(
              engine, job.pipeline(), wantsDigest ? options.withDigest() : options, terminal, "");
      terminal.out().print(Summary.of(report, Redirect.path(job.pipeline().sink()), digest));
      if (json != null) {
        Json.write(json, RunJson.of(job, report));
      }
    }
    return ExitCodes.OK;
  }
}
