package dev.baton.operators.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.source.Source;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.StreamedInput;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files through engines: other formats and back, compressed or not, in every mode. */
class JsonlPackedTest {
  @TempDir Path folder;

  /** Reads a source of which the number of bytes is not known. */
  static List<List<Object>> read(Source source) throws Exception {
    Path copy = Files.createTempFile("baton", ".arrow");
    try (Engine engine = Engine.open()) {
      engine.run(Pipeline.read(source).write(new ArrowSink(copy)));
      Rows rows = Tables.read(new ArrowSource(copy));
      return rows.cells().stream().map(Arrays::asList).toList();
    } finally {
      Files.delete(copy);
    }
  }

  private static String digest(Engine engine, Source source) throws Exception {
    return engine.run(Pipeline.read(source), Variants.baseline()).digest().toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"birdstrikes.csv", "penguins.csv", "airports.csv", "flights-50k.csv"})
  void realDataKeepsEveryValueThroughAllFormats(String name) throws Exception {
    Source csv = new CsvSource(Tables.example(name)).withNulls("", "NA");
    Path jsonl = folder.resolve("a.jsonl");
    Path arrow = folder.resolve("b.arrow");
    Path packed = folder.resolve("c.jsonl.zst");
    Path back = folder.resolve("d.csv");
    try (Engine engine = Engine.open()) {
      String expected = digest(engine, csv);
      engine.run(Pipeline.read(csv).write(new JsonlSink(jsonl)));
      assertEquals(expected, digest(engine, new JsonlSource(jsonl)));
      engine.run(Pipeline.read(new JsonlSource(jsonl)).write(new ArrowSink(arrow)));
      assertEquals(expected, digest(engine, new ArrowSource(arrow)));
      engine.run(Pipeline.read(new ArrowSource(arrow)).write(new JsonlSink(packed, true)));
      assertEquals(expected, digest(engine, new JsonlSource(packed)));
      engine.run(Pipeline.read(new JsonlSource(packed)).write(new CsvSink(back)));
      assertEquals(expected, digest(engine, new CsvSource(back)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jsonl", "a.jsonl.gz"})
  void aStreamGivesTheRowsOfTheFile(String name) throws Exception {
    Path jsonl = folder.resolve(name);
    JsonlSource source = new JsonlSource(jsonl).withSplitBytes(100_000);
    try (Engine engine = Engine.open()) {
      engine.run(
          Pipeline.read(new CsvSource(Tables.example("birdstrikes.csv")))
              .write(new JsonlSink(jsonl)));
      String expected = digest(engine, source);
      for (RunOptions options : Variants.all()) {
        try (InputStream in = Files.newInputStream(jsonl)) {
          StreamedInput input = new StreamedInput("standard input", in);
          Pipeline pipeline = Pipeline.read(() -> source.openStream(input, null));
          assertEquals(expected, engine.run(pipeline, options).digest().toString());
        }
      }
    }
  }

  @Test
  void everyModeGivesTheSameBitsAndTheSameFile() throws Exception {
    Path jsonl = folder.resolve("a.jsonl");
    Path out = folder.resolve("out.jsonl.gz");
    Source csv = new CsvSource(Tables.example("birdstrikes.csv"));
    try (Engine engine = Engine.open()) {
      String expected = digest(engine, csv);
      engine.run(Pipeline.read(csv).write(new JsonlSink(jsonl)));
      byte[] first = null;
      for (RunOptions options : Variants.all()) {
        Source source = new JsonlSource(jsonl).withSplitBytes(100_000);
        String digest =
            engine
                .run(Pipeline.read(source).write(new JsonlSink(out)), options)
                .digest()
                .toString();
        assertEquals(expected, digest, options.toString());
        assertEquals(expected, digest(engine, new JsonlSource(out)), options.toString());
        first = first == null ? Files.readAllBytes(out) : first;
        assertEquals(-1, Arrays.mismatch(first, Files.readAllBytes(out)), options.toString());
      }
      assertEquals(
          engine.run(Pipeline.read(csv.repeat(3)), Variants.baseline()).digest(),
          engine.run(Pipeline.read(new JsonlSource(out).repeat(3)), Variants.baseline()).digest());
    }
  }
}
