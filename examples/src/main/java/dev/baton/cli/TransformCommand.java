package dev.baton.cli;

import dev.baton.engine.Engine;
import dev.baton.engine.FittedPipeline;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.source.Repeat;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.WithSchema;
import dev.baton.engine.spec.Catalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code baton transform}. */
@Command(
    name = "transform",
    description = "Transforms a file with what a model has learned.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A file of the format the model was fitted on is read with the same options, and no type is",
      "guessed. Columns that are missing, of another type or new are an error that names them all."
    })
final class TransformCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "PATH",
      description = "What 'baton fit' has written.")
  private Path model;

  @Option(
      names = "--in",
      required = true,
      paramLabel = "PATH",
      description = "Reads this file, folder, pattern or - (standard input).")
  private Path in;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      description =
          "Writes this file, or - (standard output); .csv, .tsv, .jsonl, .parquet or .arrow.")
  private Path out;

  @Mixin private RunFlags flags;

  @Option(
      names = "--without",
      split = ",",
      paramLabel = "COLUMN",
      description = "Columns that the file lacks, such as what is to be predicted.")
  private List<String> without = List.of();

  @Option(
      names = "--ignore-extra",
      description = "Passes over columns that were not there when fitting.")
  private boolean ignoreExtra;

  @Option(names = "--digest", description = "Prints the digest of the output.")
  private boolean digest;

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes the report as JSON.")
  private Path json;

  TransformCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Job job = job();
    Terminal says = Redirect.beside(out, terminal);
    RunOptions options = job.choice().options();
    boolean wantsDigest = digest || json != null;
    try (Engine engine = Engine.open()) {
      RunReport report =
          Running.run(
              engine,
              Running.once(job.pipeline(), options),
              wantsDigest ? options.withDigest() : options,
              terminal,
              "");
      says.out().print(Summary.of(report, out, digest));
      if (json != null) {
        Json.write(json, RunJson.of(job, report));
      }
    }
    return ExitCodes.OK;
  }

  private Job job() {
    Catalogue catalogue = Catalogue.load();
    FittedPipeline fitted = without(Models.load(model));
    Source source = Redirect.source(catalogue, reader(fitted.source()), in);
    Pipeline pipeline = fitted.read(source, ignoreExtra);
    if (out != null) {
      pipeline = pipeline.write(Redirect.sink(catalogue, null, out));
    }
    return new Job(model.toString(), model, pipeline, flags.choice());
  }

  /** The source without how often it was read and what columns it had to have when fitting. */
  private static Source reader(Source source) {
    if (source instanceof Repeat repeat) {
      return reader(repeat.source());
    }
    return source instanceof WithSchema checked ? reader(checked.source()) : source;
  }

  private FittedPipeline without(FittedPipeline fitted) {
    try {
      return without.isEmpty() ? fitted : fitted.without(without.toArray(new String[0]));
    } catch (PipelineException e) {
      throw new UsageException("--without: " + e.getMessage(), e);
    }
  }
}
