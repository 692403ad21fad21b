package dev.baton.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.baton.engine.metrics.Account;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.testkit.MemorySink;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Calling;
import dev.baton.engine.testkit.TestOperators.Centre;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatonMetricsTest {
  private static final Schema SCHEMA = Rows.schema("x", Types.FLOAT64);
  private static final RunOptions OPTIONS =
      RunOptions.defaults().withMode(ExecutionMode.threads(2));

  private final RootAllocator root = new RootAllocator();
  private final Engine engine = Engine.open(root);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Batch> batches = new ArrayList<>();

  @BeforeEach
  void listen() {
    for (int i = 0; i < 6; i++) {
      batches.add(RandomRows.of(SCHEMA, 50, i, Mix.TAME).batch(root));
    }
    engine.listen(new BatonMetrics(registry));
  }

  @AfterEach
  void close() {
    engine.close();
    batches.forEach(Batch::close);
    root.close();
  }

  private Pipeline read() {
    return Pipeline.read(new MemorySource(batches.get(0).schema(), batches));
  }

  @Test
  void completedRunsAreCounted() {
    Pipeline pipeline = read().then(new Centre(Columns.of("x"))).write(new MemorySink());
    RunReport first = engine.run(pipeline, OPTIONS);
    RunReport second = engine.run(pipeline, OPTIONS);
    assertEquals(
        2,
        registry.get("baton.run").tags("mode", "threads", "outcome", "completed").timer().count());
    assertEquals(
        (double) first.wall().plus(second.wall()).toNanos(),
        registry.get("baton.run").timer().totalTime(TimeUnit.NANOSECONDS));
    assertEquals(
        first.rowsIn() + second.rowsIn(),
        registry.get("baton.rows.read").tag("lock", "none").counter().count());
    assertEquals(600, registry.get("baton.rows.written").counter().count());
    assertEquals(second.peakMemoryBytes(), registry.get("baton.memory.peak").gauge().value());
    assertEquals(0, registry.get("baton.runs.active").gauge().value());
  }

  @Test
  void theTimesOfWorkersSumToTheirWallTime() {
    RunReport report = engine.run(read().then(new Centre(Columns.of("x"))), OPTIONS);
    double sum = 0;
    for (Account account : Account.values()) {
      sum +=
          registry
              .get("baton.worker.time")
              .tags("role", "thread", "account", account.id())
              .counter()
              .count();
    }
    assertEquals(2 * report.wall().toNanos() / 1e9, sum, 1e-9);
  }

  @Test
  void progressIsSeenWhileARunIsUnderWay() {
    List<Double> seen = new ArrayList<>();
    Pipeline watched =
        read()
            .then(
                new Calling(
                    Nature.ROW,
                    (batch, context) -> {
                      seen.add(registry.get("baton.runs.active").gauge().value());
                      seen.add(registry.get("baton.progress.fraction").gauge().value());
                      seen.add(registry.get("baton.progress.rows").gauge().value());
                    }));
    engine.run(watched, OPTIONS.withMode(ExecutionMode.inline()));
    assertEquals(List.of(1.0, 0.0, 0.0), seen.subList(0, 3), "in the first batch");
    List<Double> last = seen.subList(seen.size() - 3, seen.size());
    assertEquals(List.of(1.0, 250.0), List.of(last.get(0), last.get(2)), "in the last of six");
    assertTrue(last.get(1) > 0.5 && last.get(1) < 1, last.toString());
  }

  @Test
  void failedRunsAreTimedApart() {
    Pipeline failing =
        read()
            .then(
                new Calling(
                    Nature.ROW,
                    (batch, context) -> {
                      throw new IllegalArgumentException("no such thing");
                    }));
    assertThrows(PipelineException.class, () -> engine.run(failing, OPTIONS));
    assertEquals(1, registry.get("baton.run").tag("outcome", "failed").timer().count());
    assertEquals(0, registry.get("baton.runs.active").gauge().value());
    assertTrue(registry.find("baton.rows.read").counters().isEmpty());
  }
}
