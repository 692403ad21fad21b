package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.Source;
import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.operators.encode.OneHotEncoder;
import dev.baton.operators.expression.Expression;
import dev.baton.operators.expression.Filter;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.parquet.ParquetSink;
import dev.baton.operators.parquet.ParquetSource;
import dev.baton.operators.sample.ShuffledSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many files as one table, in worker processes too. */
@Tag("process")
@Timeout(300)
class FilesTest {
  @TempDir Path folder;

  /** The same rows in files of three formats, and all of them in one CSV file. */
  @BeforeEach
  void files() throws IOException {
    StringBuilder whole = new StringBuilder("n,s,part\n");
    try (Engine engine = Engine.open()) {
      for (int f = 0; f < 6; f++) {
        StringBuilder text = new StringBuilder("n,s\n");
        for (int i = 0; i < 2000; i++) {
          String row = i * 31 % 1009 + ",text " + (f * i) % 7;
          text.append(row).append('\n');
          whole.append(row).append(",p").append(f % 3).append('\n');
        }
        Path csv = path("csv", f);
        Files.writeString(csv, text);
        Pipeline copy = Pipeline.read(new CsvSource(csv));
        engine.run(copy.write(new ArrowSink(path("arrow", f))));
        engine.run(copy.write(new ParquetSink(path("parquet", f))));
      }
    }
    Files.writeString(folder.resolve("whole.csv"), whole);
  }

  private Path path(String format, int number) throws IOException {
    Path inside = folder.resolve(format + "/" + number + "/part=p" + number % 3);
    return Files.createDirectories(inside).resolve("x." + format);
  }

  private static List<RunOptions> options() {
    List<RunOptions> options = new ArrayList<>();
    for (ExecutionMode mode :
        List.of(
            ExecutionMode.inline(),
            ExecutionMode.threads(3),
            ExecutionMode.eventLoop(2),
            ExecutionMode.processes(2).withShip(Ship.SPLITS),
            ExecutionMode.processes(2).withShip(Ship.DATA))) {
      options.add(RunOptions.defaults().withMode(mode).withDigest());
    }
    return options;
  }

  @Test
  void everyFormatInEveryModeGivesTheRowsOfOneFile() {
    CsvSource whole = new CsvSource(folder.resolve("whole.csv"));
    List<Source> sources =
        List.of(
            new CsvSource(folder.resolve("csv")).withSplitBytes(5000),
            new ArrowSource(folder.resolve("arrow/**/*.arrow"), 512),
            new ParquetSource(folder.resolve("parquet/*/part=*"), 4096));
    OneHotEncoder oneHot = new OneHotEncoder(Columns.of("part", "s"));
    try (Engine engine = Engine.open()) {
      Digest expected =
          engine
              .run(Pipeline.read(whole).then(oneHot), RunOptions.defaults().withDigest())
              .digest();
      for (Source source : sources) {
        for (RunOptions options : options()) {
          Digest digest = engine.run(Pipeline.read(source).then(oneHot), options).digest();
          assertEquals(expected, digest, source + " " + options);
        }
        Pipeline shuffled = Pipeline.read(new ShuffledSource(source.repeat(2)));
        Digest once = engine.run(shuffled, options().get(0)).digest();
        assertEquals(once, engine.run(shuffled, options().get(3)).digest());
      }
    }
  }

  @Test
  void aSinkInTheFolderItReadsIsNoPartOfIt() throws IOException {
    CsvSource source = new CsvSource(folder.resolve("csv"));
    try (Engine engine = Engine.open()) {
      Digest expected =
          engine.run(Pipeline.read(source), RunOptions.defaults().withDigest()).digest();
      for (RunOptions options : options()) {
        Path out = folder.resolve("csv/out.csv");
        assertEquals(
            expected, engine.run(Pipeline.read(source).write(new CsvSink(out)), options).digest());
        Files.delete(out);
      }
    }
  }

  /** All rows of the first file have another text, so it is not read at all. */
  @Test
  void aConditionOfTheSourceIsAFilterInEveryMode() throws IOException {
    String where = "s > 'text 0' and n < 300";
    Path job = folder.resolve("job.yaml");
    Files.writeString(
        job, "source: {parquet: {path: 'parquet/*/part=*', where: \"" + where + "\"}}\n");
    Pipeline pushed = PipelineFile.read(job, Catalogue.load()).pipeline();
    Pipeline filtered =
        Pipeline.read(new ParquetSource(folder.resolve("parquet/*/part=*")))
            .then(new Filter(Expression.parse(where)));
    try (Engine engine = Engine.open()) {
      Digest expected = engine.run(filtered, options().get(0)).digest();
      for (RunOptions options : options()) {
        assertEquals(expected, engine.run(pushed, options).digest(), options.toString());
      }
    }
  }

  @Test
  void modelsReadFoldersAsTheyWereFitted() {
    try (Engine engine = Engine.open()) {
      var fitted =
          engine.fit(
              Pipeline.read(new CsvSource(folder.resolve("csv")))
                  .then(new OneHotEncoder(Columns.of("part"))),
              RunOptions.defaults());
      Digest expected =
          engine
              .run(fitted.read(new CsvSource(folder.resolve("whole.csv")), false), options().get(0))
              .digest();
      for (RunOptions options : options()) {
        Pipeline again = fitted.read(new CsvSource(folder.resolve("csv")), false);
        assertEquals(expected, engine.run(again, options).digest());
      }
    }
  }

  @Test
  void aFileNamesPatternsRelativeToItselfAndStandardInput() throws IOException {
    Path file = folder.resolve("job.yaml");
    Files.writeString(
        file, "source: {csv: {path: 'csv/*/part=p1/*.csv'}}\nsink: {csv: {path: '-'}}\n");
    PipelineFile read = PipelineFile.read(file, Catalogue.load());
    assertEquals(
        folder.resolve("csv/*/part=p1/*.csv"), ((CsvSource) read.pipeline().source()).path());
    assertEquals(Path.of("-"), ((CsvSink) read.pipeline().sink()).path());
    try (Engine engine = Engine.open()) {
      assertEquals(4000, engine.run(read.pipeline().write(null)).rowsOut());
    }
    assertEquals(Map.of(), ((CsvSource) read.pipeline().source()).types());
  }
}
