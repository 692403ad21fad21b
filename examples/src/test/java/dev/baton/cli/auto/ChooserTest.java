package dev.baton.cli.auto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.Source;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.operators.io.csv.CsvSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void badRowsOfASampleAreCountedByTheRealRunAlone(@TempDir Path folder) throws IOException {
    Path in = Files.writeString(folder.resolve("in.csv"), "x\n1\ntwo\n3\n");
    Path rejects = folder.resolve("rejects.csv");
    Source csv =
        new CsvSource(in).withTypes(Map.of("x", "int64")).withBad(new OnBad.Reject(rejects, 0, 0));
    Choice choice = choose(Pipeline.read(csv), Duration.ZERO);
    assertEquals(3, choice.measured().size());
    assertFalse(Files.exists(rejects));
  }

  private static Choice choose(Duration enough) throws IOException {
    return choose(PipelineFile.read(PENGUINS).pipeline(), enough);
  }

  private static Choice choose(Pipeline pipeline, Duration enough) throws IOException {
    try (Engine engine = Engine.open()) {
      return new Chooser(engine, pipeline, RunOptions.defaults(), 2, 4, enough).choose();
    }
  }
}
