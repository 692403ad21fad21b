package dev.baton.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.ExecutionMode.Transport;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.source.Repeat;
import dev.baton.engine.source.Source;
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
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
  private static final Schema SCHEMA =
      Rows.schema("x", Types.FLOAT64, "y", Types.FLOAT64, "s", Types.UTF8);

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void aRunInWhichWorkersAreKilledHasTheSameBits() throws Exception {
    killing(Duration.ofSeconds(8), Duration.ofMillis(700));
  }

  @Test
  @Tag("stress")
  @Timeout(600)
  void minutesOfKillingChangeNoBit() throws Exception {
    killing(Duration.ofMinutes(3), Duration.ofSeconds(2));
  }

  private void killing(Duration time, Duration interval) throws Exception {
    System.setProperty("baton.ipc.dir", folder.toString());
    System.setProperty(Quarantine.FOLDER, folder.toString());
    List<Batch> batches = new ArrayList<>();
    Killer killer = new Killer(interval);
    try (RootAllocator root = new RootAllocator()) {
      try (Engine engine = Engine.open(root)) {
        for (int i = 0; i < 10; i++) {
          batches.add(RandomRows.of(SCHEMA, ROWS + i, i, Mix.TAME).batch(root));
        }
        Source source = new Repeat(new MemorySource(SCHEMA, batches), 30);
        Pipeline pipeline =
            Pipeline.read(source)
                .then(new Above("x", -50))
                .then(new Centre(Columns.of("x", "y")))
                .then(new Copy("x", "z"))
                .then(new Centre(Columns.of("z")));
        RunReport inline = engine.run(pipeline, Variants.baseline());
        long end = System.nanoTime() + time.toNanos();
        killer.start();
        for (int run = 0; run == 0 || System.nanoTime() < end; run++) {
          RunOptions options = Variants.baseline().withMode(mode(run));
          assertEquals(inline.digest(), engine.run(pipeline, options).digest(), "run " + run);
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

  private static ExecutionMode mode(int run) {
    return ExecutionMode.processes(1 + run % 3)
        .withShip(Ship.DATA)
        .withTransport(Transport.values()[run % 2])
        .withMaxAttempts(100);
  }

  /** Kills a worker of this process now and then. */
  private static final class Killer implements AutoCloseable {
    /** More than the start of a JVM takes. */
    private static final Duration AT_WORK = Duration.ofMillis(1500);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Random random = new Random(7);
    private final Duration interval;
    private volatile int killed;

    Killer(Duration interval) {
      this.interval = interval;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with its thread
    void start() {
      long millis = interval.toMillis();
      thread.scheduleAtFixedRate(this::kill, millis, millis, TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // there is one writer
    private void kill() {
      // Those that have come to work: on a busy machine nobody would else.
      List<ProcessHandle> workers =
          workers().stream().filter(worker -> cpu(worker).compareTo(AT_WORK) > 0).toList();
      if (!workers.isEmpty()) {
        workers.get(random.nextInt(workers.size())).destroyForcibly();
        killed++;
      }
    }

    private static Duration cpu(ProcessHandle worker) {
      return worker.info().totalCpuDuration().orElse(Duration.ZERO);
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
    }
  }
}
