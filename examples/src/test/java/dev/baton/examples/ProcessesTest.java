package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.ExecutionMode.Transport;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.source.Repeat;
import dev.baton.engine.source.Sink;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.csv.CsvSink;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples on real data, through files, give the same bytes in worker processes as inline. */
@Tag("process")
@Timeout(300)
class ProcessesTest {
  @TempDir Path folder;

  private static Pipeline example(String name) {
    Path file = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(file.resolve("examples/data"))) {
      file = file.getParent();
    }
    Pipeline pipeline =
        PipelineFile.read(file.resolve("examples").resolve(name).resolve(name + ".yaml"))
            .pipeline();
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
      for (String name : new String[] {"penguins", "birdstrikes"}) {
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
}
