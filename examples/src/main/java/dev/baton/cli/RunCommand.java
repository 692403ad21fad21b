package dev.baton.cli;

import dev.baton.cli.auto.Choice;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Resume;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.check.SharingCheck;
import java.nio.file.Path;
import java.util.Map;
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
      "  baton run features.yaml --mode auto",
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
      description = {
        "Reads this file, folder, pattern or - (standard input); .csv, .tsv, .jsonl, .parquet or",
        ".arrow. Options of the source stay."
      })
  private Path in;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      description =
          "Writes this file, or - (standard output); .csv, .tsv, .jsonl, .parquet or .arrow.")
  private Path out;

  @Option(
      names = "--resume",
      description = {
        "Keeps in OUT.resume what is needed to go on after the run was killed or has failed, and",
        "goes on from what is there."
      })
  private boolean resume;

  @Option(names = "--digest", description = "Prints the digest of the output.")
  private boolean digest;

  @Option(names = "--profile", description = "Prints where the time went, by stage and by worker.")
  private boolean profile;

  @Option(
      names = "--check-sharing",
      description =
          "Looks for state that operators of your own share between threads without a guard.")
  private boolean checkSharing;

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description = "With --transport queue: keeps what processes say, for 'baton replay'.")
  private Path keep;

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes the report as JSON.")
  private Path json;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Job job = Job.load(file).redirect(in, out);
    RunChoice asked = flags.choice().over(job.choice());
    Path output = Redirect.path(job.pipeline().sink());
    if (resume && Redirect.isStandard(output)) {
      throw new UsageException("--resume cannot take back what is on standard output; name a file");
    }
    Terminal says = Redirect.beside(output, terminal);
    if (checkSharing) {
      return checkSharing(job, asked, says);
    }
    boolean wantsDigest = digest || json != null;
    try (Engine engine = Engine.open()) {
      Choice choice = asked.isAuto() ? asked.chooser(engine, job.pipeline()).choose() : null;
      RunOptions options =
          resumed(
              kept(
                  choice == null
                      ? asked.options()
                      : asked.alone().options().withMode(choice.mode())),
              output);
      RunReport report =
          Running.run(
              engine,
              Running.once(job.pipeline(), options),
              wantsDigest ? options.withDigest() : options,
              terminal,
              "");
      says.out().print(Summary.of(report, output, digest));
      if (choice != null) {
        says.out().println("auto    " + choice.reason());
      }
      if (profile) {
        says.out().print("\n" + ProfileText.of(report));
      }
      if (json != null) {
        Map<String, Object> figures = RunJson.of(job, report);
        if (choice != null) {
          figures.put("auto", choice.json());
        }
        Json.write(json, figures);
      }
      return report.leftOut().batches() == 0 ? ExitCodes.OK : ExitCodes.LEFT_OUT;
    }
  }

  private int checkSharing(Job job, RunChoice asked, Terminal says) {
    SharingCheck.Result result;
    try (Engine engine = Engine.open()) {
      result = SharingCheck.run(engine, job.pipeline(), asked.options());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--check-sharing: " + e.getMessage(), e);
    }
    result.shared().forEach(says.out()::println);
    says.out()
        .printf(
            "%d threads took part; %s%n",
            result.workers(),
            result.workers() < 2
                ? "more rows are needed to tell"
                : result.shared().isEmpty()
                    ? "no unguarded state changed"
                    : "unguarded state changed in " + result.shared().size() + " places");
    return result.shared().isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private RunOptions resumed(RunOptions options, Path output) {
    if (!resume) {
      return options;
    }
    if (output == null) {
      throw new UsageException("--resume needs an output file; name it with --out");
    }
    return options.withResume(new Resume(output.resolveSibling(output.getFileName() + ".resume")));
  }

  private RunOptions kept(RunOptions options) {
    if (keep == null) {
      return options;
    }
    if (options.mode() instanceof ExecutionMode.Processes processes
        && processes.transport() == ExecutionMode.Transport.QUEUE) {
      return options.withMode(processes.withKeep(keep));
    }
    throw new UsageException("--keep needs --mode processes --transport queue");
  }
}
