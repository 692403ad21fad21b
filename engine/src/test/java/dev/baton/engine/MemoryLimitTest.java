package dev.baton.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.batch.PooledAllocator;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Copy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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

  private final PooledAllocator root = new PooledAllocator();
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
    assertTrue(root.idleBytes() <= times * least, () -> root.idleBytes() + " bytes are idle");
  }

  @Test
  void anEngineKeepsMemoryForItsNextRunUntilItIsClosed() {
    PooledAllocator memory;
    try (Engine own = Engine.open()) {
      memory = (PooledAllocator) own.allocator();
      try (Batch batch = RandomRows.of(SCHEMA, ROWS, 1, RandomRows.Mix.TAME).batch(memory)) {
        Pipeline copies =
            Pipeline.read(new MemorySource(SCHEMA, List.of(batch))).then(new Copy("x", "y"));
        own.run(copies);
        long idle = memory.idleBytes();
        assertTrue(idle >= 8L * ROWS, () -> idle + " bytes are idle");
        long peak = memory.getPeakMemoryAllocation();
        own.run(copies);
        assertEquals(idle, memory.idleBytes());
        assertEquals(peak, memory.getPeakMemoryAllocation());
      }
    }
    assertEquals(0, memory.idleBytes());
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

  /** Splits that hold memory, as those of compressed text do, and counts those not decoded. */
  private static final class Holding implements OpenSource {
    private static final int EACH = 1 << 20;
    private final OpenSource inner;
    private int found;

    Holding(OpenSource inner) {
      this.inner = inner;
    }

    private record Held(Split split) implements Split {
      @Override
      public long bytes() {
        return split.bytes();
      }

      @Override
      public long heldBytes() {
        return EACH;
      }
    }

    @Override
    public Schema schema() {
      return inner.schema();
    }

    @Override
    public long bytes() {
      return inner.bytes();
    }

    @Override
    public Iterator<? extends Split> splits() throws IOException {
      Iterator<? extends Split> splits = inner.splits();
      return new Iterator<Held>() {
        @Override
        public boolean hasNext() {
          return splits.hasNext();
        }

        @Override
        public Held next() {
          found++;
          return new Held(splits.next());
        }
      };
    }

    @Override
    public Decoder decoder(List<String> columns, KernelContext context) throws IOException {
      Decoder decoder = inner.decoder(columns, context);
      return new Decoder() {
        @Override
        public void start(Split split) throws IOException {
          decoder.start(((Held) split).split());
        }

        @Override
        public Batch next() throws Exception {
          return decoder.next();
        }

        @Override
        public void close() throws IOException {
          decoder.close();
        }
      };
    }

    @Override
    public void close() throws IOException {
      inner.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 40, 4000})
  void noMoreSplitsAreFoundThanTakeAQuarterOfTheLimit(int mebibytes) {
    Holding[] open = new Holding[1];
    Source source = () -> open[0] = new Holding(new MemorySource(SCHEMA, batches).open());
    RunOptions threads =
        RunOptions.defaults()
            .withMode(ExecutionMode.threads(3))
            .withRingSize(512)
            .withMemoryBytes(mebibytes * (1L << 20));
    int taken = 0;
    try (BatchStream stream = engine.stream(Pipeline.read(source), threads)) {
      while (stream.hasNext()) {
        // The one that was taken is not known to be done before the next is asked for.
        int held = open[0].found - taken;
        assertTrue(held <= mebibytes / 4 + 2, held + " splits after " + taken);
        stream.next().close();
        taken++;
      }
    }
    assertEquals(batches.size(), taken);
    assertEquals(batches.size(), open[0].found);
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
