package dev.baton.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunHandle;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.encode.HashBucket;
import dev.baton.operators.encode.OneHotEncoder;
import dev.baton.operators.impute.SimpleImputer;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.scale.StandardScaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand runs in one JVM, in every mode under every policy, a third of which fail. */
class SoakTest {
  private static final int RUNS = 1000;

  @TempDir Path folder;

  @Test
  void aThousandRunsLeaveNoBufferNoThreadAndNoFileBehind() throws IOException {
    Path good = write("good.csv", -1);
    Path bad = write("bad.csv", 777);
    List<RunOptions> variants = Variants.all();
    try (RootAllocator root = new RootAllocator();
        Engine engine = Engine.open(root)) {
      Digest expected = engine.run(pipeline(good), Variants.baseline()).digest();
      long before = openFiles();
      for (int i = 0; i < RUNS; i++) {
        RunOptions options = variants.get(i % variants.size());
        Path out = folder.resolve("out-" + i);
        switch (i % 6) {
          case 0, 1 -> {
            Pipeline pipeline = pipeline(good).write(new CsvSink(out));
            assertEquals(expected, engine.run(pipeline, options).digest());
            Files.delete(out);
          }
          case 2 -> {
            Pipeline pipeline = pipeline(good).write(new ArrowSink(out));
            assertEquals(expected, engine.run(pipeline, options).digest());
            Files.delete(out);
          }
          case 3 -> badValue(engine, pipeline(bad).write(new CsvSink(out)), options);
          case 4 -> tooLittleMemory(engine, pipeline(good).write(new ArrowSink(out)), options);
          default -> cancelled(engine, pipeline(good).write(new CsvSink(out)), options, out);
        }
        assertEquals(0, root.getAllocatedMemory(), "after run " + i);
      }
      assertEquals(before, openFiles(), "open files");
    }
    assertEquals(List.of(), threads());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(
          List.of("bad.csv", "good.csv"),
          left.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  private static void badValue(Engine engine, Pipeline pipeline, RunOptions options) {
    PipelineException e =
        assertThrows(PipelineException.class, () -> engine.run(pipeline, options));
    assertTrue(e.getMessage().contains("bad.csv") && e.getMessage().contains("oops"), e::toString);
  }

  private static void tooLittleMemory(Engine engine, Pipeline pipeline, RunOptions options) {
    PipelineException e =
        assertThrows(
            PipelineException.class, () -> engine.run(pipeline, options.withMemoryBytes(4_000)));
    assertTrue(e.getMessage().contains("memory limit"), e::toString);
  }

  /** Cancels at some moment; the run may be through by then. */
  private static void cancelled(Engine engine, Pipeline pipeline, RunOptions options, Path out)
      throws IOException {
    RunHandle handle = engine.submit(pipeline, options);
    handle.cancel();
    try {
      handle.report().join();
      Files.delete(out);
    } catch (CompletionException e) {
      assertEquals("the run was cancelled", e.getCause().getMessage());
    }
  }

  private static Pipeline pipeline(Path path) {
    CsvSource all = new CsvSource(path);
    return Pipeline.read(
            new CsvSource(
                path,
                all.delimiter(),
                all.header(),
                Map.of("n", "float64"),
                all.nulls(),
                all.sampleRows(),
                4096,
                new OnBad.Fail()))
        .then(new SimpleImputer(Columns.of("n")))
        .then(new StandardScaler(Columns.of("n")))
        .then(new OneHotEncoder(Columns.of("kind")))
        .then(new HashBucket(Columns.of("name"), 100));
  }

  private Path write(String name, int badRow) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder("n,kind,name\n");
    for (int row = 0; row < 1500; row++) {
      text.append(row == badRow ? "oops" : row % 7 == 0 ? "" : "" + random.nextDouble());
      text.append(',').append("abc".charAt(random.nextInt(3)));
      text.append(',').append("name ").append(random.nextInt(500)).append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private static long openFiles() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(descriptors)) {
      return open.count();
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("baton-"))
        .toList();
  }
}
