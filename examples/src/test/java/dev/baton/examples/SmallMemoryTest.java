package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.ExecutionMode.Transport;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.encode.OrdinalEncoder;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.json.JsonlSink;
import dev.baton.operators.json.JsonlSource;
import dev.baton.operators.parquet.Codec;
import dev.baton.operators.parquet.ParquetSink;
import dev.baton.operators.parquet.ParquetSource;
import dev.baton.operators.scale.StandardScaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files larger than the memory limit, in every format and mode: the same bits. */
@Tag("process")
@Timeout(300)
class SmallMemoryTest {
  private static final int ROWS = 600_000;
  private static final long LIMIT = 16L << 20;

  private static final ExecutionMode SPLITS = ExecutionMode.processes(2).withShip(Ship.SPLITS);

  @TempDir Path folder;

  private Path csv() throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("id,name,x,y,z\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(i).append(",name ").append(random.nextInt(500));
      for (int k = 0; k < 3; k++) {
        text.append(',').append(random.nextInt(1 << 30) / 1024.0);
      }
      text.append('\n');
    }
    return Files.writeString(folder.resolve("in.csv"), text);
  }

  private static List<ExecutionMode> modes() {
    ExecutionMode.Processes two = ExecutionMode.processes(2);
    return List.of(
        ExecutionMode.inline(),
        ExecutionMode.threads(2),
        SPLITS,
        two.withShip(Ship.DATA),
        two.withShip(Ship.DATA).withTransport(Transport.QUEUE));
  }

  private static Pipeline pipeline(Source source) {
    return Pipeline.read(source)
        .then(new StandardScaler(Columns.of("x", "y")))
        .then(new OrdinalEncoder(Columns.of("name")));
  }

  @Test
  void everyFormatStreamsThroughLessThanItself() throws Exception {
    Source csv = new CsvSource(csv()).withSplitBytes(128 << 10);
    Path jsonl = folder.resolve("in.jsonl");
    Path packed = folder.resolve("in.jsonl.gz");
    Path parquet = folder.resolve("in.parquet");
    Path arrow = folder.resolve("in.arrow");
    List<Source> sources = new ArrayList<>(List.of(csv));
    sources.add(new JsonlSource(jsonl).withSplitBytes(128 << 10));
    sources.add(new JsonlSource(packed).withSplitBytes(128 << 10));
    sources.add(new ParquetSource(parquet, 128 << 10));
    sources.add(new ArrowSource(arrow));
    try (Engine engine = Engine.open()) {
      for (Sink sink :
          List.of(
              new JsonlSink(jsonl),
              new JsonlSink(packed),
              new ParquetSink(parquet, Codec.SNAPPY, 8192),
              new ArrowSink(arrow))) {
        engine.run(Pipeline.read(csv).write(sink), Variants.baseline());
      }
      for (Source source : sources) {
        // Of each by itself: sums of splits round differently for splits of other sizes.
        Object expected = engine.run(pipeline(source), Variants.baseline()).digest();
        for (ExecutionMode mode : modes()) {
          if (mode.equals(SPLITS) && source.toString().contains(".gz")) {
            continue; // they hold their text
          }
          RunOptions options = Variants.baseline().withMode(mode).withMemoryBytes(LIMIT);
          assertEquals(
              expected, engine.run(pipeline(source), options).digest(), source + " " + mode);
        }
      }
    }
  }

  /** What a sink keeps, such as an unfinished row group, is larger than the limit of a process. */
  @Test
  void everyFormatIsWrittenTheSameInLessMemoryThanItKeeps() throws Exception {
    Pipeline pipeline = pipeline(new CsvSource(csv()).withSplitBytes(128 << 10));
    Path limited = Files.createDirectory(folder.resolve("limited"));
    try (Engine engine = Engine.open()) {
      for (Map.Entry<String, Function<Path, Sink>> sink : sinks().entrySet()) {
        Path expected = folder.resolve(sink.getKey());
        engine.run(pipeline.write(sink.getValue().apply(expected)), Variants.baseline());
        Path out = limited.resolve(sink.getKey());
        for (ExecutionMode mode : modes()) {
          RunOptions options = Variants.baseline().withMode(mode).withMemoryBytes(LIMIT);
          engine.run(pipeline.write(sink.getValue().apply(out)), options);
          assertEquals(-1, Files.mismatch(expected, out), out + " " + mode);
          Files.delete(out);
        }
      }
    }
    try (Stream<Path> left = Files.list(limited)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static Map<String, Function<Path, Sink>> sinks() {
    return Map.of(
        "t.parquet", path -> new ParquetSink(path, Codec.SNAPPY, 1 << 19),
        "t.csv", CsvSink::new,
        "t.csv.gz", CsvSink::new,
        "t.jsonl", JsonlSink::new,
        "t.arrow", ArrowSink::new);
  }

  @Test
  void aLimitForLessThanAStepSaysWhatToChange() throws Exception {
    Source csv = new CsvSource(csv()).withSplitBytes(4 << 20);
    try (Engine engine = Engine.open()) {
      for (ExecutionMode mode : modes()) {
        RunOptions options = Variants.baseline().withMode(mode).withMemoryBytes(4L << 20);
        String message =
            assertThrows(
                    PipelineException.class,
                    () ->
                        engine.run(
                            pipeline(csv).write(new CsvSink(folder.resolve("out.csv"))), options))
                .getMessage();
        assertTrue(
            message.contains("the memory limit of the run is reached; raise it, or use smaller"),
            mode + ": " + message);
      }
      RunOptions none =
          Variants.baseline().withMode(ExecutionMode.processes(2)).withMemoryBytes(1L << 20);
      assertEquals(
          "the memory limit of 1MiB is too small for 2 worker processes, to which nothing could be"
              + " sent; raise it to 4MiB at least, or use fewer workers, or mode threads",
          assertThrows(PipelineException.class, () -> engine.run(pipeline(csv), none))
              .getMessage());
    }
  }
}
