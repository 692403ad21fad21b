package dev.baton.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.testkit.Jvm;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Add;
import dev.baton.engine.testkit.Variants;
import dev.baton.ipc.worker.Orphan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run whose process is killed takes its workers along, whatever they do. */
@Tag("process")
@Timeout(120)
class KilledParentTest {
  private static final Schema SCHEMA = Rows.schema("x", Types.FLOAT64);
  private static final String FOLDER = "-Dbaton.ipc.dir=";

  @TempDir private Path folder;

  /** A run in two workers, one of which does what is asked for in its first batch. */
  public static void main(String[] args) {
    Deadly.Way way = Deadly.Way.valueOf(args[0]);
    List<Batch> batches = new ArrayList<>();
    try (RootAllocator root = new RootAllocator();
        Engine engine = Engine.open(root)) {
      for (int i = 0; i < 20; i++) {
        batches.add(RandomRows.of(SCHEMA, 10 + i, i, Mix.TAME).batch(root));
      }
      Pipeline pipeline =
          Pipeline.read(new MemorySource(SCHEMA, batches))
              .then(new Add("x", 1))
              .then(new Deadly.Operator(way, 10, Path.of(args[1])));
      engine.run(pipeline, Variants.baseline().withMode(ExecutionMode.processes(2)));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Deadly.Way.class,
      names = {"HANG", "SPIN"})
  void itsWorkersEndAndTheNextRunCleansUp(Deadly.Way way) throws Exception {
    Path marker = folder.resolve("marker");
    List<String> command =
        Jvm.command(
            List.of(FOLDER + Files.createDirectory(folder.resolve("ipc"))),
            KilledParentTest.class.getName(),
            List.of(way.name(), marker.toString()));
    Process parent = new ProcessBuilder(command).inheritIO().start();
    while (!Files.exists(marker)) {
      assertTrue(parent.isAlive(), "ended before the batch");
      Thread.onSpinWait();
    }
    List<ProcessHandle> workers = parent.descendants().toList();
    assertTrue(workers.size() >= 1, "no worker");
    parent.destroyForcibly();
    parent.waitFor();
    workers.forEach(Orphan::awaitEnd);
    assertEquals(1, left().size());
    String before = System.setProperty("baton.ipc.dir", folder.resolve("ipc").toString());
    try {
      run();
    } finally {
      if (before == null) {
        System.clearProperty("baton.ipc.dir");
      } else {
        System.setProperty("baton.ipc.dir", before);
      }
    }
    assertEquals(List.of(), left());
  }

  private List<Path> left() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("ipc"))) {
      return files.toList();
    }
  }

  private static void run() {
    try (RootAllocator root = new RootAllocator();
        Engine engine = Engine.open(root);
        Batch batch = RandomRows.of(SCHEMA, 10, 1, Mix.TAME).batch(root)) {
      Pipeline pipeline =
          Pipeline.read(new MemorySource(SCHEMA, List.of(batch))).then(new Add("x", 1));
      engine.run(pipeline, Variants.baseline().withMode(ExecutionMode.processes(1)));
    }
  }
}
