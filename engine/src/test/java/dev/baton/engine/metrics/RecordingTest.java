package dev.baton.engine.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.testkit.MemorySink;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Calling;
import dev.baton.engine.testkit.TestOperators.Centre;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording has of a run; docs/profiling.md is about that. */
@Timeout(120)
class RecordingTest {
  private static final Schema SCHEMA = Rows.schema("x", Types.FLOAT64);

  @TempDir private Path folder;

  private final RootAllocator root = new RootAllocator();
  private final Engine engine = Engine.open(root);
  private final List<Batch> batches = new ArrayList<>();

  @BeforeEach
  void batches() {
    for (int i = 0; i < 8; i++) {
      batches.add(RandomRows.of(SCHEMA, 100, i, Mix.TAME).batch(root));
    }
  }

  @AfterEach
  void close() {
    engine.close();
    batches.forEach(Batch::close);
    root.close();
  }

  private Pipeline pipeline() {
    return Pipeline.read(new MemorySource(batches.get(0).schema(), batches))
        .then(new Centre(Columns.of("x")))
        .write(new MemorySink());
  }

  private List<RecordedEvent> record(Runnable what, String... withoutThreshold) throws IOException {
    Path file = folder.resolve("run.jfr");
    try (Recording recording = new Recording()) {
      for (String event : withoutThreshold) {
        recording.enable(event).withoutThreshold();
      }
      recording.start();
      what.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("dev.baton."))
        .toList();
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }

  @Test
  void aRunItsPassesAndWhereItsTimeWent() throws IOException {
    List<RunReport> reports = new ArrayList<>();
    RunOptions options = RunOptions.defaults().withMode(ExecutionMode.threads(2)).withDigest();
    List<RecordedEvent> events = record(() -> reports.add(engine.run(pipeline(), options)));
    RunReport report = reports.get(0);

    RecordedEvent run = named(events, "dev.baton.Run").get(0);
    assertEquals("threads", run.getString("mode"));
    assertEquals(2, run.getInt("workers"));
    assertEquals("none", run.getString("lock"));
    assertEquals(report.rowsIn(), run.getLong("rowsIn"));
    assertEquals(report.rowsOut(), run.getLong("rowsOut"));
    assertNull(run.getString("failure"));

    List<RecordedEvent> passes = named(events, "dev.baton.Pass");
    assertEquals(List.of("1 Centre", ""), passes.stream().map(e -> e.getString("fitted")).toList());
    assertTrue(passes.stream().allMatch(e -> e.getLong("rows") == report.rowsIn()));
    for (RecordedEvent pass : passes) {
      assertTrue(!pass.getStartTime().isBefore(run.getStartTime()));
      assertTrue(!pass.getEndTime().isAfter(run.getEndTime()));
    }

    List<RecordedEvent> stages = named(events, "dev.baton.Stage");
    for (TimeLedger.Worker worker : report.ledger().workers()) {
      long sum =
          stages.stream()
              .filter(event -> event.getString("worker").equals(worker.name()))
              .mapToLong(RecordingTest::total)
              .sum();
      assertEquals(report.wall().toNanos(), sum, worker.name());
    }
    long observed =
        stages.stream()
            .filter(event -> event.getString("work").equals("observe"))
            .mapToLong(event -> event.getLong("rowsIn"))
            .sum();
    assertEquals(report.rowsIn(), observed);
  }

  private static long total(RecordedEvent event) {
    return List.of(
            "compute",
            "lockWait",
            "starved",
            "backPressure",
            "serialise",
            "ipc",
            "io",
            "startUp",
            "idle")
        .stream()
        .mapToLong(event::getLong)
        .sum();
  }

  @Test
  void waitsForTheLockOnTheWaitingThread() throws IOException {
    RunOptions options =
        RunOptions.defaults().withMode(ExecutionMode.threads(4)).withLock(new LockPolicy.Global());
    List<RunReport> reports = new ArrayList<>();
    List<RecordedEvent> events =
        record(() -> reports.add(engine.run(pipeline(), options)), "dev.baton.LockWait");
    List<RecordedEvent> waits = named(events, "dev.baton.LockWait");
    assertEquals(reports.get(0).lockWait().isZero(), waits.isEmpty());
    for (RecordedEvent wait : waits) {
      assertEquals("global", wait.getString("lock"));
      assertTrue(wait.getThread() != null);
    }
  }

  @Test
  void aFailedRunSaysWhy() throws IOException {
    Pipeline failing =
        Pipeline.read(new MemorySource(batches.get(0).schema(), batches))
            .then(
                new Calling(
                    Nature.ROW,
                    (batch, context) -> {
                      throw new IllegalArgumentException("no such thing");
                    }));
    List<RecordedEvent> events =
        record(() -> assertThrows(PipelineException.class, () -> engine.run(failing)));
    String failure = named(events, "dev.baton.Run").get(0).getString("failure");
    assertTrue(failure.contains("no such thing"), failure);
    assertEquals(List.of(), named(events, "dev.baton.Stage"));
  }
}
