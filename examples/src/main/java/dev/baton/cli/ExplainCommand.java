package dev.baton.cli;

import dev.baton.engine.Engine;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton explain}. */
@Command(
    name = "explain",
    description = "Says which passes over the data a run would make, what each reads and fits.",
    mixinStandardHelpOptions = true,
    footer = {"", "Reads no data but for a sample that tells the schema."})
final class ExplainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILE.yaml|EXAMPLE",
      description = "A pipeline file, or an example's name.")
  private String file;

  @Option(names = "--in", paramLabel = "PATH", description = "Reads this file instead.")
  private Path in;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Job job = Job.load(file).redirect(in, null);
    RunOptions options = job.choice().options();
    try (Engine engine = Engine.open()) {
      terminal.out().print(engine.explain(job.pipeline()));
    } catch (PipelineException e) {
      throw new UsageException(e.getMessage(), e);
    }
    Path output = Redirect.path(job.pipeline().sink());
    terminal.out().println("writes " + (output == null ? "nothing" : output));
    terminal
        .out()
        .printf(
            "runs   %s x %d, lock %s%n",
            options.mode().id(), options.mode().workers(), options.lock().id());
    return ExitCodes.OK;
  }
}
