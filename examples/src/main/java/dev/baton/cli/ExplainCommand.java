package dev.baton.cli;

import dev.baton.engine.Engine;
import dev.baton.engine.PipelineException;
import dev.baton.engine.PlanOutline;
import dev.baton.engine.RunOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      arity = "0..1",
      paramLabel = "FILE.yaml|EXAMPLE",
      description = "A pipeline file, or an example's name.")
  private String file;

  @Option(
      names = "--model",
      paramLabel = "PATH",
      description = "Explains the transformation by this model instead.")
  private Path model;

  @Option(names = "--in", paramLabel = "PATH", description = "Reads this file instead.")
  private Path in;

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes it as JSON.")
  private Path json;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if ((file == null) == (model == null)) {
      throw new UsageException("say which FILE.yaml or EXAMPLE, or which --model");
    }
    if (model != null) {
      print(Models.load(model).explain());
      return ExitCodes.OK;
    }
    Job job = Job.load(file).redirect(in, null);
    RunOptions options = job.choice().options();
    try (Engine engine = Engine.open()) {
      print(engine.explain(job.pipeline()));
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

  private void print(PlanOutline outline) {
    terminal.out().print(outline);
    if (json != null) {
      Json.write(json, json(outline));
    }
  }

  private static Map<String, Object> json(PlanOutline outline) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("note", outline.note());
    json.put("columns", outline.columns());
    json.put("passes", outline.passes().stream().map(ExplainCommand::json).toList());
    json.put("output", outline.output() == null ? null : ModelText.fields(outline.output()));
    return json;
  }

  private static Map<String, Object> json(PlanOutline.Pass pass) {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (PlanOutline.Step step : pass.steps()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("stage", step.number());
      json.put("operator", step.name());
      json.put("fits", step.fits());
      json.put("observes", step.observes());
      json.put("after", step.after());
      json.put("through", step.through());
      json.put("state", step.state());
      json.put("exactness", step.exactness());
      steps.add(json);
    }
    return Map.of("reads", pass.reads(), "steps", steps);
  }
}
