package dev.baton.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Centre;
import dev.baton.engine.testkit.Variants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@Timeout(120)
class ReplayTest {
  private static final Schema SCHEMA = Rows.schema("x", Types.FLOAT64, "s", Types.UTF8);

  @TempDir private Path folder;

  @Test
  void aKeptRunIsShownAndAFreshWorkerAnswersWithTheSameBits() throws Exception {
    Path kept = folder.resolve("kept");
    RunReport report = run(kept);
    List<Replay.Line> lines = Replay.list(kept);
    List<String> toWorker =
        lines.stream().filter(Replay.Line::toWorker).map(Replay.Line::kind).distinct().toList();
    assertEquals(List.of("plan", "batches", "batch", "end", "finish", "stop"), toWorker);
    assertEquals("ready", lines.stream().filter(l -> !l.toWorker()).toList().get(0).kind());
    assertEquals(24, lines.stream().filter(line -> line.kind().equals("batch")).count());
    long bytes = lines.stream().mapToLong(line -> line.headerBytes() + line.payloadBytes()).sum();
    assertTrue(bytes >= report.ipcBytes(), bytes + " of " + report.ipcBytes());

    List<Replay.Check> checks = Replay.rerun(kept);
    assertEquals(1, checks.size());
    assertNull(checks.get(0).difference());
    assertTrue(checks.get(0).compared() > 24, checks.toString());
  }

  /** Fails when a file says so: an operator whose result is not a function of its input. */
  public record Fickle(Path file) implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      binder.changesRows(); // so that no pass leaves it out
      return binder.transform(
          context ->
              batch -> {
                if (Files.readString(file).equals("other")) {
                  throw new ValueException("x", 0, "another mood");
                }
              });
    }
  }

  @Test
  void anotherAnswerIsADifference() throws Exception {
    Path mood = Files.writeString(folder.resolve("mood"), "usual");
    Path kept = folder.resolve("kept");
    run(kept, new Fickle(mood));
    assertNull(Replay.rerun(kept).get(0).difference());
    Files.writeString(mood, "other");
    String difference = Replay.rerun(kept).get(0).difference();
    assertTrue(difference != null && difference.startsWith("answer 1 differs"), difference);
  }

  @Test
  void aFolderInUseAndAFolderOfNothingAreRefused() {
    Path kept = folder.resolve("kept");
    run(kept);
    PipelineException used = assertThrows(PipelineException.class, () -> run(kept));
    assertTrue(used.getMessage().contains("is not empty; name a new one"), used::toString);
    IOException none = assertThrows(IOException.class, () -> Replay.list(folder));
    assertTrue(none.getMessage().startsWith(folder + " holds no queues; run with"), none::toString);
  }

  private static RunReport run(Path kept) {
    return run(kept, new Centre(Columns.of("x")));
  }

  private static RunReport run(Path kept, Operator operator) {
    List<Batch> batches = new ArrayList<>();
    try (RootAllocator root = new RootAllocator()) {
      RunReport report;
      try (Engine engine = Engine.open(root)) {
        for (int i = 0; i < 12; i++) {
          batches.add(RandomRows.of(SCHEMA, 100 + i, i, Mix.TAME).batch(root));
        }
        Pipeline pipeline = Pipeline.read(new MemorySource(SCHEMA, batches)).then(operator);
        report =
            engine.run(
                pipeline,
                Variants.baseline()
                    .withMode(ExecutionMode.processes(1).withShip(Ship.DATA).withKeep(kept)));
      } finally {
        batches.forEach(Batch::close);
      }
      return report;
    }
  }
}
