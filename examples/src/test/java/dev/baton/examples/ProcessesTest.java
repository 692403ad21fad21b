package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.ExecutionMode.Transport;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.Repeat;
import dev.baton.engine.source.Sink;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.scale.StandardScaler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples on real data, through files, give the same bytes in worker processes as inline. */
@Tag("process")
@Timeout(300)
class ProcessesTest {
  @TempDir Path folder;

  private static Path examples() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("examples/data"))) {
      folder = folder.getParent();
    }
    return folder.resolve("examples");
  }

  private static Pipeline example(String name) {
    Path file = examples().resolve(name).resolve(name + ".yaml");
    Pipeline pipeline = PipelineFile.read(file).pipeline();
    return pipeline.source() instanceof Repeat repeat
        ? pipeline.from(repeat.source().repeat(2))
        : pipeline;
  }

  private static RunOptions options(ExecutionMode mode) {
    return RunOptions.defaults().withMode(mode).withDigest();
  }

  @Test
  void everyExampleHasTheSameDigestHoweverItsDataIsShipped() {
    try (Engine engine = Engine.open()) {
      for (String name : new String[] {"penguins", "birdstrikes", "flights", "text"}) {
        Pipeline pipeline = example(name).write(null);
        var expected = engine.run(pipeline, options(ExecutionMode.inline())).digest();
        for (Ship ship : new Ship[] {Ship.DATA, Ship.SPLITS}) {
          for (Transport transport : Transport.values()) {
            ExecutionMode mode = ExecutionMode.processes(2).withShip(ship).withTransport(transport);
            assertEquals(expected, engine.run(pipeline, options(mode)).digest(), name + " " + mode);
          }
        }
      }
    }
  }

  @Test
  void workersReadArrowFilesThemselves() {
    Path file = examples().resolve("data/flights-200k.arrow");
    try (Engine engine = Engine.open()) {
      Pipeline pipeline = Pipeline.read(new ArrowSource(file));
      var expected = engine.run(pipeline, options(ExecutionMode.inline())).digest();
      ExecutionMode mode = ExecutionMode.processes(2).withShip(Ship.SPLITS);
      assertEquals(expected, engine.run(pipeline, options(mode)).digest());
    }
  }

  @Test
  void filesAreTheSameByteForByte() throws Exception {
    try (Engine engine = Engine.open()) {
      Path inline = folder.resolve("inline");
      Path processes = folder.resolve("processes");
      for (Sink[] sinks :
          new Sink[][] {
            {new CsvSink(inline), new CsvSink(processes)},
            {new ArrowSink(inline), new ArrowSink(processes)},
            {
              new ArrowSink(inline, ArrowSink.Format.STREAM),
              new ArrowSink(processes, ArrowSink.Format.STREAM)
            }
          }) {
        Pipeline pipeline = example("penguins");
        engine.run(pipeline.write(sinks[0]), options(ExecutionMode.inline()));
        engine.run(pipeline.write(sinks[1]), options(ExecutionMode.processes(2)));
        assertArrayEquals(Files.readAllBytes(inline), Files.readAllBytes(processes));
      }
    }
  }

  @Test
  void badRowsAreCountedAndWrittenDownTheSame() throws Exception {
    StringBuilder text = new StringBuilder("n,s\n");
    for (int i = 0; i < 20_000; i++) {
      text.append(i % 97 == 5 ? "x" + i : "" + i).append(",a\n");
      text.append(i % 500 == 7 ? "1,2,3\n" : "");
    }
    Path file = Files.writeString(folder.resolve("in.csv"), text);
    Path rejects = folder.resolve("rejects.csv");
    CsvSource source =
        new CsvSource(file)
            .withTypes(Map.of("n", "int64"))
            .withSplitBytes(8192)
            .withBad(new OnBad.Reject(rejects));
    Pipeline pipeline = Pipeline.read(source).then(new StandardScaler(Columns.of("n")));
    try (Engine engine = Engine.open()) {
      RunReport inline = engine.run(pipeline, options(ExecutionMode.inline()));
      byte[] expected = Files.readAllBytes(rejects);
      assertEquals(20_000 / 97 + 1 + 40, inline.bad().rows());
      for (Ship ship : new Ship[] {Ship.DATA, Ship.SPLITS}) {
        Files.delete(rejects);
        ExecutionMode mode = ExecutionMode.processes(2).withShip(ship);
        RunReport report = engine.run(pipeline, options(mode));
        assertEquals(inline.digest(), report.digest());
        assertEquals(inline.bad(), report.bad());
        assertArrayEquals(expected, Files.readAllBytes(rejects));
      }
    }
  }
}
