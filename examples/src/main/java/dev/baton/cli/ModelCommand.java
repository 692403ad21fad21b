package dev.baton.cli;

import dev.baton.engine.FittedPipeline;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton model}. */
@Command(
    name = "model",
    description = "Says what is in a model file: columns, stages, and what each has learned.",
    mixinStandardHelpOptions = true)
final class ModelCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL", description = "What 'baton fit' has written.")
  private Path model;

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes it as JSON.")
  private Path json;

  ModelCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    FittedPipeline fitted = Models.load(model);
    terminal.out().print(ModelText.of(fitted));
    if (json != null) {
      Json.write(json, ModelText.json(fitted));
    }
    return ExitCodes.OK;
  }
}
