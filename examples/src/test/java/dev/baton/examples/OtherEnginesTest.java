package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.cli.python.Pythons;
import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Types;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.arrow.Compression;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.parquet.Codec;
import dev.baton.operators.parquet.ParquetSink;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * pyarrow and Polars read every value of the Parquet and Arrow files that Baton writes, where a
 * Python has them: that of the PATH, or one that {@code BATON_PYTHONS} names. (DuckDB does, too:
 * see the tests of the modules parquet and duckdb.)
 */
@Tag("process")
class OtherEnginesTest {
  private static final Path SCRIPT = Path.of("src/test/python/read_back.py");
  private static final Schema ALL_TYPES =
      new Schema(Types.names().stream().map(n -> Types.field(n, Types.parse(n))).toList());

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"pyarrow", "polars"})
  void theyReadWhatIsWritten(String engine) throws Exception {
    String python = python(engine);
    assumeTrue(python != null, "no Python here has " + engine + " and pyarrow");
    Path random = folder.resolve("random.arrow");
    Rows table = RandomRows.of(ALL_TYPES, 3000, 5, RandomRows.Mix.values()[0]);
    Tables.write(new ArrowSink(random), table.slice(0, 1000), table.slice(1000, 3000));
    for (Source data :
        List.of(
            new ArrowSource(random),
            new CsvSource(Tables.example("birdstrikes.csv")),
            new ArrowSource(Tables.example("flights-200k.arrow")))) {
      for (Map.Entry<Path, Sink> sink : sinks()) {
        Path file = sink.getKey();
        Object written = digest(Pipeline.read(data).write(sink.getValue()));
        Path back = folder.resolve("back.arrow");
        run(List.of(python, SCRIPT.toString(), engine, file.toString(), back.toString()));
        assertEquals(written, digest(Pipeline.read(new ArrowSource(back))), data + " as " + file);
      }
    }
  }

  private List<Map.Entry<Path, Sink>> sinks() {
    List<Map.Entry<Path, Sink>> sinks = new ArrayList<>();
    for (Codec codec : Codec.values()) {
      Path file = folder.resolve(codec + ".parquet");
      sinks.add(Map.entry(file, new ParquetSink(file, codec, 2000)));
    }
    for (Compression compression : Compression.values()) {
      Path file = folder.resolve(compression + ".arrow");
      Path stream = folder.resolve(compression + ".arrows");
      sinks.add(Map.entry(file, new ArrowSink(file, ArrowSink.Format.FILE, compression)));
      sinks.add(Map.entry(stream, new ArrowSink(stream, ArrowSink.Format.STREAM, compression)));
    }
    return sinks;
  }

  private static Object digest(Pipeline pipeline) {
    try (Engine engine = Engine.open()) {
      return engine.run(pipeline, RunOptions.defaults().withDigest()).digest();
    }
  }

  /** The first Python that has a module and pyarrow, or null. */
  private static String python(String module) throws InterruptedException {
    List<String> commands = new ArrayList<>(List.of("python3"));
    String named = System.getenv(Pythons.VARIABLE);
    if (named != null) {
      commands.addAll(List.of(named.split(File.pathSeparator, -1)));
    }
    for (String command : commands) {
      try {
        run(List.of(command, "-c", "import pyarrow, " + module));
        return command;
      } catch (IOException e) {
        // The next may have it.
      }
    }
    return null;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Path said = Files.createTempFile("python", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(command + ":\n" + Files.readString(said));
      }
    } finally {
      Files.delete(said);
    }
  }
}
