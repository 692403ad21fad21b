package dev.baton.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.batch.Types;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Copy;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A memory limit slows runs down before it fails them. */
@Timeout(120)
class MemoryLimitTest {
  private static final Schema SCHEMA = Rows.schema("x", Types.FLOAT64);
  private static final int ROWS = 4_096;

  private final RootAllocator root = new RootAllocator();
  private final Engine engine = Engine.open(root);
  private final List<Batch> batches = new ArrayList<>();
  private Pipeline pipeline;

  @BeforeEach
  void manyBatches() {
    for (int i = 0; i < 300; i++) {
      batches.add(RandomRows.of(SCHEMA, ROWS, i, RandomRows.Mix.TAME).batch(root));
    }
    pipeline =
        Pipeline.read(new MemorySource(SCHEMA, batches))
            .then(new Copy("x", "y"))
            .then(new Copy("y", "z"));
  }

  @AfterEach
  void close() {
    batches.forEach(Batch::close);
    engine.close();
    root.close();
  }

  /** Many workers and a long ring, whose results would take a hundred times as much. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10})
  void workersWaitForMemory(int times) {
    RunOptions inline = RunOptions.defaults().withMode(ExecutionMode.inline()).withDigest();
    Digest expected = engine.run(pipeline, inline).digest();
    long least = least(inline);
    RunOptions threads =
        RunOptions.defaults()
            .withMode(ExecutionMode.threads(8))
            .withRingSize(256)
            .withDigest()
            .withMemoryBytes(times * least);
    assertEquals(expected, engine.run(pipeline, threads).digest());
  }

  @Test
  void aStepThatDoesNotFitAloneStillFails() {
    RunOptions threads = RunOptions.defaults().withMode(ExecutionMode.threads(8));
    PipelineException e =
        assertThrows(
            PipelineException.class,
            () -> engine.run(pipeline, threads.withMemoryBytes(12L * ROWS)));
    assertTrue(e.getMessage().contains("memory limit"), e::toString);
  }

  /** A limit under which one thread can do it, and with 16 KiB less could not. */
  private long least(RunOptions inline) {
    for (long limit = 16 << 10; ; limit += 16 << 10) {
      try {
        engine.run(pipeline, inline.withMemoryBytes(limit));
        return limit;
      } catch (PipelineException e) {
        assertTrue(e.getMessage().contains("memory limit"), e::toString);
      }
    }
  }
}
