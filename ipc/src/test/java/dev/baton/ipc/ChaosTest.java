package dev.baton.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.BatchStream;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Processes;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.ExecutionMode.Transport;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Repeat;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Above;
import dev.baton.engine.testkit.TestOperators.Centre;
import dev.baton.engine.testkit.TestOperators.Copy;
import dev.baton.engine.testkit.Variants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills random workers at random moments, again and again: no bit changes and nothing is left. */
@Tag("process")
class ChaosTest {
  private static final int ROWS = 2_000;
  private static final int WAYS = 4;
  private static final int DIFFERENT = 10;
  private static final int REPEATS = 30;
  private static final Schema SCHEMA =
      Rows.schema("x", Types.FLOAT64, "y", Types.FLOAT64, "s", Types.UTF8);

  @TempDir private Path folder;

  @Test
  @Timeout(300)
  void aRunInWhichWorkersAreKilledHasTheSameBits() throws Exception {
    killing(killer -> killer.killed < 8);
  }

  @Test
  @Tag("stress")
  @Timeout(600)
  void minutesOfKillingChangeNoBit() throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    killing(killer -> System.nanoTime() < end);
  }

  private void killing(Predicate<Killer> goOn) throws Exception {
    System.setProperty("baton.ipc.dir", folder.toString());
    System.setProperty(Quarantine.FOLDER, folder.toString());
    List<Batch> batches = new ArrayList<>();
    Killer killer = new Killer();
    try (RootAllocator root = new RootAllocator()) {
      try (Engine engine = Engine.open(root)) {
        for (int i = 0; i < DIFFERENT; i++) {
          batches.add(rows(i).batch(root));
        }
        Source data = new Repeat(new MemorySource(SCHEMA, batches), REPEATS);
        Digest expected = digest(engine, pipeline(data), Variants.baseline(), () -> {});
        for (int run = 0; run < WAYS || goOn.test(killer); run++) {
          Processes mode = mode(run);
          RunOptions options = Variants.baseline().withMode(mode);
          Pipeline pipeline = pipeline(mode.ship() == Ship.SPLITS ? new Seeds() : data);
          assertEquals(expected, digest(engine, pipeline, options, killer::seen), "run " + run);
        }
        killer.close();
      }
      batches.forEach(Batch::close);
    } finally {
      killer.close();
      System.clearProperty("baton.ipc.dir");
      System.clearProperty(Quarantine.FOLDER);
    }
    assertTrue(killer.killed > 0, "nobody was killed");
    assertEquals(List.of(), Killer.workers());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static Pipeline pipeline(Source source) {
    return Pipeline.read(source)
        .then(new Above("x", -50))
        .then(new Centre(Columns.of("x", "y")))
        .then(new Copy("x", "z"))
        .then(new Centre(Columns.of("z")));
  }

  private static Rows rows(int batch) {
    int seed = batch % DIFFERENT;
    return RandomRows.of(SCHEMA, ROWS + seed, seed, Mix.TAME);
  }

  /** The same rows as splits, which workers make themselves. */
  public record Seeds() implements Source {
    /** One batch. */
    public record Seed(int number) implements Split {
      @Override
      public long bytes() {
        return 1;
      }
    }

    @Override
    public OpenSource open() {
      return new OpenSource() {
        @Override
        public Schema schema() {
          return SCHEMA;
        }

        @Override
        public long bytes() {
          return DIFFERENT * REPEATS;
        }

        @Override
        public Iterator<? extends Split> splits() {
          return IntStream.range(0, DIFFERENT * REPEATS).mapToObj(Seed::new).iterator();
        }

        @Override
        public Decoder decoder(List<String> columns, KernelContext context) {
          return new Growing(columns, context.allocator());
        }

        @Override
        public void close() {}
      };
    }
  }

  private static final class Growing implements Decoder {
    private final List<String> columns;
    private final BufferAllocator allocator;
    private Rows left;

    Growing(List<String> columns, BufferAllocator allocator) {
      this.columns = columns;
      this.allocator = allocator;
    }

    @Override
    public void start(Split split) {
      left = rows(((Seeds.Seed) split).number());
    }

    @Override
    public Batch next() {
      if (left == null) {
        return null;
      }
      Batch batch = left.batch(allocator);
      batch.retain(columns);
      left = null;
      return batch;
    }

    @Override
    public void close() {}
  }

  private static Digest digest(
      Engine engine, Pipeline pipeline, RunOptions options, Runnable seen) {
    try (BatchStream stream = engine.stream(pipeline, options)) {
      Digest digest = Digest.empty(stream.schema());
      while (stream.hasNext()) {
        try (Batch batch = stream.next()) {
          digest = digest.then(Digest.of(batch));
        }
        seen.run();
      }
      return digest;
    }
  }

  private static Processes mode(int run) {
    return ExecutionMode.processes(1 + run % 3)
        .withShip(run % 2 == 0 ? Ship.DATA : Ship.SPLITS)
        .withTransport(Transport.values()[run / 2 % 2])
        .withMaxAttempts(100);
  }

  /**
   * Kills a worker of this process a random while after a random number of results, so that there
   * is progress between two deaths however slow the machine.
   */
  private static final class Killer implements AutoCloseable {
    private static final int MOST_RESULTS = 400;
    private static final int MOST_MILLIS = 100;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Random random = new Random(7);
    private int resultsLeft = MOST_RESULTS;
    private volatile int killed;

    @SuppressWarnings("FutureReturnValueIgnored") // ends with its thread
    void seen() {
      if (--resultsLeft == 0) {
        resultsLeft = 1 + random.nextInt(MOST_RESULTS);
        int victim = random.nextInt(12);
        thread.schedule(() -> kill(victim), random.nextInt(MOST_MILLIS), TimeUnit.MILLISECONDS);
      }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // there is one writer
    private void kill(int victim) {
      List<ProcessHandle> workers = workers();
      if (!workers.isEmpty()) {
        workers.get(victim % workers.size()).destroyForcibly();
        killed++;
      }
    }

    static List<ProcessHandle> workers() {
      return ProcessHandle.current()
          .children()
          .filter(ProcessHandle::isAlive)
          .filter(
              child -> child.info().commandLine().orElse("").contains(WorkerMain.class.getName()))
          .toList();
    }

    @Override
    public void close() {
      thread.shutdownNow();
      try {
        thread.awaitTermination(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
