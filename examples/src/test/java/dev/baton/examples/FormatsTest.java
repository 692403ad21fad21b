package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.json.JsonlSink;
import dev.baton.operators.json.JsonlSource;
import dev.baton.operators.parquet.ParquetSink;
import dev.baton.operators.parquet.ParquetSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real data through all formats of files keeps every value. */
class FormatsTest {
  private static final RunOptions INLINE =
      RunOptions.defaults().withMode(ExecutionMode.inline()).withDigest();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"birdstrikes.csv", "penguins.csv", "airports.csv", "flights-50k.csv"})
  void throughAllFormatsAndBack(String name) throws Exception {
    Source csv = new CsvSource(Path.of("data", name));
    Path jsonl = folder.resolve("a.jsonl");
    Path parquet = folder.resolve("b.parquet");
    Path arrow = folder.resolve("c.arrow");
    Path again = folder.resolve("d.jsonl.gz");
    try (Engine engine = Engine.open()) {
      Object expected = engine.run(Pipeline.read(csv), INLINE).digest();
      assertEquals(expected, copied(engine, csv, new JsonlSink(jsonl)));
      assertEquals(expected, copied(engine, new JsonlSource(jsonl), new ParquetSink(parquet)));
      assertEquals(expected, copied(engine, new ParquetSource(parquet), new ArrowSink(arrow)));
      assertEquals(expected, copied(engine, new ArrowSource(arrow), new JsonlSink(again)));
      assertEquals(expected, engine.run(Pipeline.read(new JsonlSource(again)), INLINE).digest());
    }
  }

  private static Object copied(Engine engine, Source from, Sink to) throws Exception {
    return engine.run(Pipeline.read(from).write(to), INLINE).digest();
  }

  /** Compressed and not, with bad rows: splits or batches are sent to workers. */
  @Test
  @Tag("process")
  void workerProcessesReadAndWriteJsonLines() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append("{\"user\":{\"id\":").append(i % 1000 == 7 ? "\"?\"" : i).append("},\"s\":\"n");
      text.append(i % 97).append("\"}\n");
    }
    Path in = Files.writeString(folder.resolve("in.jsonl"), text);
    Path out = folder.resolve("out.jsonl");
    Path packed = folder.resolve("packed.jsonl.gz");
    Source source =
        new JsonlSource(in)
            .withTypes(Map.of("user.id", "int64"))
            .withSplitBytes(50_000)
            .withBad(new OnBad.Skip());
    try (Engine engine = Engine.open()) {
      RunReport inline = engine.run(Pipeline.read(source).write(new JsonlSink(out, true)), INLINE);
      assertEquals(20, inline.bad().rows());
      String expected = Files.readString(out);
      RunOptions processes = INLINE.withMode(ExecutionMode.processes(2));
      engine.run(Pipeline.read(source).write(new JsonlSink(packed, true)), processes);
      for (Source from : List.of(source, new JsonlSource(packed))) {
        Files.delete(out);
        RunReport report =
            engine.run(Pipeline.read(from).write(new JsonlSink(out, true)), processes);
        assertEquals(inline.digest(), report.digest());
        assertEquals(expected, Files.readString(out));
      }
    }
  }
}
