package dev.baton.cli.auto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.spec.PipelineFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChooserTest {
  private static final Path PENGUINS = Path.of("penguins/penguins.yaml");

  @Test
  void measuresEveryCandidateOnASampleThatTakesLongEnough() throws IOException {
    Choice choice = choose(Duration.ZERO);
    List<ExecutionMode> modes =
        choice.measured().stream().map(result -> result.variant().mode()).toList();
    assertEquals(
        List.of(ExecutionMode.inline(), ExecutionMode.threads(2), ExecutionMode.processes(2)),
        modes);
    assertTrue(modes.contains(choice.mode()), choice.toString());
    assertTrue(choice.fraction() > 0 && choice.fraction() <= 1, choice.toString());
  }

  @Test
  void anInputTooSmallToMeasureRunsInline() throws IOException {
    Choice choice = choose(Duration.ofDays(1));
    assertEquals(ExecutionMode.inline(), choice.mode());
    assertEquals(1, choice.fraction());
    assertEquals(List.of(), choice.measured());
  }

  private static Choice choose(Duration enough) throws IOException {
    Pipeline pipeline = PipelineFile.read(PENGUINS).pipeline();
    try (Engine engine = Engine.open()) {
      return new Chooser(engine, pipeline, RunOptions.defaults(), 2, 4, enough).choose();
    }
  }
}
