package dev.baton.cli;

import dev.baton.engine.Engine;
import dev.baton.engine.FittedPipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.operator.Composite;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.spec.RecordText;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton fit}. */
@Command(
    name = "fit",
    description = "Fits a pipeline and saves it with all it has learned.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The sink of the pipeline is not used. Examples:",
      "  baton fit features.yaml --model features.baton",
      "  baton fit features.yaml --model features.baton --continue --in tuesday.csv",
      "  baton transform --model features.baton --in new.csv --out new-features.arrow"
    })
final class FitCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILE.yaml|EXAMPLE",
      description = "A pipeline file, or an example's name.")
  private String file;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "PATH",
      description = "The file to write; it appears when it is complete.")
  private Path model;

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
      names = "--continue",
      description = "Goes on from what the model has learned so far, on these rows.")
  private boolean goesOn;

  @Option(
      names = "--serving",
      description = "Leaves out what only going on would need: smaller, but final.")
  private boolean serving;

  FitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Job job = Job.load(file).redirect(in, null);
    RunOptions options = flags.choice().over(job.choice()).options();
    FittedPipeline earlier = goesOn ? Models.load(model) : null;
    if (earlier != null) {
      checkSame(earlier.written(), Composite.flatten(job.pipeline().operators()));
    }
    try (Engine engine = Engine.open()) {
      FittedPipeline fitted =
          earlier == null
              ? engine.fit(job.pipeline(), options)
              : engine.partialFit(earlier, job.pipeline().source(), options);
      (serving ? fitted.forServing() : fitted).save(model);
      terminal.out().print(ModelText.of(fitted));
      terminal.out().println("saved    " + model);
    }
    return ExitCodes.OK;
  }

  private void checkSame(List<Operator> saved, List<Operator> file) {
    for (int i = 0; i < Math.max(saved.size(), file.size()); i++) {
      String before = i < saved.size() ? RecordText.of(saved.get(i)) : "nothing";
      String now = i < file.size() ? RecordText.of(file.get(i)) : "nothing";
      if (i >= saved.size() || i >= file.size() || !saved.get(i).equals(file.get(i))) {
        throw new UsageException(
            String.format(
                "%s has other steps than %s: step %d is %s there and %s here; leave --continue out"
                    + " to fit afresh",
                model, this.file, i + 1, before, now));
      }
    }
  }
}
