package dev.baton.cli.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.baton.cli.Examples;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.operators.io.csv.CsvSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonScriptTest {
  private static final Path PIPELINE = Examples.resolve("delays");

  @TempDir private Path folder;

  private static String digest(Pipeline pipeline) {
    try (Engine engine = Engine.open()) {
      RunOptions options = RunOptions.defaults().withMode(ExecutionMode.inline()).withDigest();
      return engine.run(pipeline, options).digest().toString();
    }
  }

  private static Pipeline pipeline() throws IOException {
    return PipelineFile.read(PIPELINE, Catalogue.load()).pipeline();
  }

  @Test
  void the_pipeline_gives_the_digest_that_python_gives() throws IOException {
    // What delays.py prints for the whole file, so that this is checked without a Python too.
    assertEquals("1724e81304be7f17", digest(pipeline()));
  }

  @Test
  void the_script_gives_the_digest_of_the_pipeline_in_every_way() throws Exception {
    List<Python> pythons = Pythons.find();
    assumeFalse(pythons.isEmpty(), "there is no Python here");
    Path some = folder.resolve("some.csv");
    List<String> lines = Files.readAllLines(Path.of("data/flights-50k.csv")).subList(0, 4000);
    Files.write(some, lines);
    String digest = digest(pipeline().from(new CsvSource(some)));
    PythonFigures figures = PythonScript.beside(PIPELINE).run(pythons.get(0), some, 2, 1);
    assertEquals(
        List.of(
            "sequential", "threads", "processes, pickle", "processes, shared memory", "asyncio"),
        figures.ways().stream().map(PythonFigures.Way::name).toList());
    for (PythonFigures.Way way : figures.ways()) {
      assertTrue(way.gave(digest), way + " but Baton " + digest);
    }
    assertTrue(PythonScript.table(List.of(figures), digest).toString().contains("as Baton's"));
    String other = PythonScript.table(List.of(figures), "0").toString();
    assertTrue(other.contains("differs: " + digest), other);
  }

  @Test
  void a_python_that_cannot_run_it_says_why() {
    Python none = new Python(Path.of("/nowhere/python3"), "CPython", "3.99.0", false);
    IOException e =
        assertThrows(
            IOException.class,
            () -> PythonScript.beside(PIPELINE).run(none, folder.resolve("x.csv"), 2, 1));
    assertTrue(e.getMessage().contains("/nowhere/python3"), e.getMessage());
  }

  @Test
  void a_pipeline_without_a_script_has_none() {
    assertNull(PythonScript.beside(Examples.resolve("penguins")));
  }
}
