package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Ship;
import dev.baton.engine.ExecutionMode.Transport;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.Sink;
import dev.baton.operators.encode.OneHotEncoder;
import dev.baton.operators.expression.Expression;
import dev.baton.operators.expression.Filter;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.parquet.ParquetSink;
import dev.baton.operators.rows.Lenient;
import dev.baton.operators.scale.StandardScaler;
import dev.baton.operators.select.Cast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs from a file into a file with rejects, whose workers are killed again and again, write the
 * bytes of a run that nobody disturbs.
 */
@Tag("process")
class KilledWorkersTest {
  private static final int ROWS = 200_000;

  @TempDir private Path folder;

  @Test
  @Tag("stress")
  @Timeout(300)
  void theFilesOfAShortRunAreTheSame() throws Exception {
    kill(20, 1500, Ship.DATA, Transport.QUEUE, "out.parquet");
    kill(20, 1500, Ship.SPLITS, Transport.SLAB, "out.csv");
  }

  /** Minutes each, a death every two seconds or so. */
  @Test
  @Tag("stress")
  @Timeout(3600)
  void theFilesOfALongRunAreTheSame() throws Exception {
    for (Transport transport : Transport.values()) {
      kill(600, 2000, Ship.SPLITS, transport, "out.csv");
      kill(600, 2000, Ship.DATA, transport, "out.parquet");
    }
  }

  /** Runs over the file so many times, with a pause of about so long between two deaths. */
  private void kill(int repeat, int pauseMillis, Ship ship, Transport transport, String name)
      throws Exception {
    Path in = folder.resolve("in.csv");
    if (!Files.exists(in)) {
      Files.writeString(in, rows());
    }
    Path expected = folder.resolve("expected-" + name);
    Path out = folder.resolve(name);
    Path workers = Files.createDirectories(folder.resolve("workers"));
    System.setProperty("baton.ipc.dir", workers.toString());
    RunReport plain;
    RunReport disturbed;
    int killed;
    try (Engine engine = Engine.open()) {
      plain = engine.run(pipeline(in, repeat, expected), options(ExecutionMode.threads(2)));
      ExecutionMode processes =
          ExecutionMode.processes(2).withShip(ship).withTransport(transport).withMaxAttempts(1000);
      try (Killer killer = new Killer(pauseMillis)) {
        disturbed = engine.run(pipeline(in, repeat, out), options(processes));
        killed = killer.killed;
      }
    } finally {
      System.clearProperty("baton.ipc.dir");
    }
    assertTrue(killed > 1, killed + " were killed");
    assertEquals(plain.digest(), disturbed.digest());
    assertEquals(plain.bad().rows(), disturbed.bad().rows());
    assertEquals(plain.bad().first(), disturbed.bad().first());
    assertEquals(
        plain.badInStages().get("1 Cast").rows(), disturbed.badInStages().get("1 Cast").rows());
    for (String kind : List.of("", ".bad", ".refused")) {
      Path want = Path.of(expected + kind);
      assertTrue(Files.size(want) > 100, kind);
      assertEquals(-1, Files.mismatch(want, Path.of(out + kind)), name + kind);
      Files.delete(want);
      Files.delete(Path.of(out + kind));
    }
    assertEquals(List.of(), Killer.workers());
    try (Stream<Path> left = Files.list(workers)) {
      assertEquals(List.of(), left.toList());
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(in, workers), left.sorted().toList());
    }
  }

  private static String rows() {
    StringBuilder text = new StringBuilder("n,m,kind,s\n");
    Random random = new Random(1);
    for (int i = 0; i < ROWS; i++) {
      text.append(random.nextInt(5000) == 0 ? "x" : "").append(random.nextInt(100_000));
      text.append(',').append(random.nextInt(5000) == 0 ? "y" : "").append(random.nextInt(9));
      text.append(',').append((char) ('a' + random.nextInt(7))).append(",row ").append(i);
      text.append('\n');
    }
    return text.toString();
  }

  private static Pipeline pipeline(Path in, int repeat, Path out) {
    Sink sink = out.toString().endsWith(".csv") ? new CsvSink(out) : new ParquetSink(out);
    return Pipeline.read(
            new CsvSource(in)
                .withTypes(Map.of("n", "int64", "m", "utf8"))
                .withSplitBytes(64 << 10)
                .withBad(new OnBad.Reject(Path.of(out + ".bad")))
                .repeat(repeat))
        .then(
            new Lenient(
                new Cast(Columns.of("m"), Types.INT64),
                new OnBad.Reject(Path.of(out + ".refused"))))
        .then(new Filter(Expression.parse("n > 90000")))
        .then(new StandardScaler(Columns.of("n")))
        .then(new OneHotEncoder(Columns.of("kind")))
        .write(sink);
  }

  private static RunOptions options(ExecutionMode mode) {
    return RunOptions.defaults().withMode(mode).withDigest();
  }

  /** Kills a random worker of this process again and again. */
  private static final class Killer implements AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Random random = new Random(7);
    private final int pauseMillis;
    private volatile int killed;

    Killer(int pauseMillis) {
      this.pauseMillis = pauseMillis;
      next();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with its thread
    private void next() {
      long pause = pauseMillis / 2L + random.nextInt(pauseMillis);
      thread.schedule(this::kill, pause, TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // there is one writer
    private void kill() {
      List<ProcessHandle> workers = workers();
      if (!workers.isEmpty()) {
        workers.get(random.nextInt(workers.size())).destroyForcibly();
        killed++;
      }
      next();
    }

    static List<ProcessHandle> workers() {
      return ProcessHandle.current()
          .children()
          .filter(child -> child.isAlive() && commandLine(child).contains("WorkerMain"))
          .toList();
    }

    /** The handle itself has none that is longer than a page. */
    private static String commandLine(ProcessHandle child) {
      try {
        return Files.readString(Path.of("/proc", Long.toString(child.pid()), "cmdline"));
      } catch (IOException e) {
        return child.info().commandLine().orElse("");
      }
    }

    @Override
    public void close() throws IOException {
      thread.shutdownNow();
      try {
        thread.awaitTermination(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
