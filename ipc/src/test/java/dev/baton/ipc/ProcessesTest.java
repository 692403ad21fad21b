package dev.baton.ipc;

import static dev.baton.engine.testkit.Differences.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.BatchStream;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Poison;
import dev.baton.engine.ExecutionMode.Processes;
import dev.baton.engine.ExecutionMode.Transport;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunCancelledException;
import dev.baton.engine.RunHandle;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.source.Source;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Above;
import dev.baton.engine.testkit.TestOperators.Add;
import dev.baton.engine.testkit.TestOperators.Calling;
import dev.baton.engine.testkit.TestOperators.Centre;
import dev.baton.engine.testkit.TestOperators.Copy;
import dev.baton.engine.testkit.TestOperators.Discovered;
import dev.baton.engine.testkit.Variants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After each test the engine is closed: no buffer, process or folder may be left. */
@Tag("process")
@Timeout(120)
class ProcessesTest {
  private static final Schema SCHEMA =
      Rows.schema("x", Types.FLOAT64, "y", Types.FLOAT64, "s", Types.UTF8);

  @TempDir Path folder;

  private final RootAllocator root = new RootAllocator();
  private final List<Batch> batches = new ArrayList<>();
  private Engine engine;
  private Source source;

  @BeforeEach
  void twentyBatches() throws IOException {
    System.setProperty("baton.ipc.dir", Files.createDirectory(folder.resolve("ipc")).toString());
    System.setProperty(Quarantine.FOLDER, folder.resolve("quarantine").toString());
    engine = Engine.open(root);
    for (int i = 0; i < 20; i++) {
      batches.add(RandomRows.of(SCHEMA, 10 + i, i, Mix.TAME).batch(root));
    }
    source = new MemorySource(batches.get(0).schema(), batches);
  }

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    engine.close();
    batches.forEach(Batch::close);
    root.close();
    try (Stream<Path> left = Files.list(folder.resolve("ipc"))) {
      assertEquals(List.of(), left.toList());
    }
    List<String> workers =
        ProcessHandle.current()
            .children()
            .filter(ProcessHandle::isAlive)
            .map(child -> child.info().commandLine().orElse(""))
            .filter(line -> line.contains(WorkerMain.class.getName()))
            .toList();
    assertEquals(List.of(), workers);
    System.clearProperty("baton.ipc.dir");
    System.clearProperty(Quarantine.FOLDER);
  }

  private static RunOptions with(Processes mode) {
    return Variants.baseline().withMode(mode);
  }

  private static Processes two() {
    return ExecutionMode.processes(2).withDeadline(Duration.ofSeconds(30));
  }

  private Pipeline pipeline() {
    return Pipeline.read(source)
        .then(new Above("x", -50))
        .then(new Centre(Columns.of("x", "y")))
        .then(new Copy("x", "z"))
        .then(new Discovered("z"))
        .then(new Centre(Columns.of("z")));
  }

  private Rows rows(Pipeline pipeline, RunOptions options) {
    Rows rows = null;
    try (BatchStream stream = engine.stream(pipeline, options)) {
      rows = Rows.of(stream.schema());
      while (stream.hasNext()) {
        try (Batch batch = stream.next()) {
          rows = rows.plus(Rows.of(batch));
        }
      }
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void processesGiveTheSameBitsAsInlineUnderEveryPolicy(Transport transport) {
    Rows expected = rows(pipeline(), Variants.baseline());
    RunReport inline = engine.run(pipeline(), Variants.baseline());
    for (String policy : LockPolicy.IDS) {
      RunOptions options = with(two().withTransport(transport)).withLock(LockPolicy.parse(policy));
      RunReport report = engine.run(pipeline(), options);
      assertEquals(inline.digest(), report.digest(), policy);
      assertEquals(inline.rowsIn(), report.rowsIn());
      assertEquals(inline.rowsOut(), report.rowsOut());
      assertTrue(report.ipcBytes() > 0);
      assertSame(expected, rows(pipeline(), options), policy);
    }
  }

  /** Waits in its first batch for another worker to be in one, too, for so long at most. */
  public record Rendezvous(Path folder, long millis) implements Transform {
    @Override
    public Nature nature() {
      return Nature.ROW;
    }

    @Override
    public BoundTransform bind(Binder binder) {
      binder.changesRows(); // so that no pass leaves it out
      return binder.transform(context -> batch -> meet());
    }

    private void meet() throws Exception {
      String me = ProcessHandle.current().pid() + "-" + Thread.currentThread().getId();
      Files.writeString(folder.resolve(me), "here");
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      while (System.nanoTime() < end) {
        try (Stream<Path> there = Files.list(folder)) {
          if (there.count() > 1) {
            return;
          }
        }
      }
      throw new ValueException("x", 0, "nobody came");
    }
  }

  @Test
  void everyProcessHasAGlobalLockOfItsOwn() throws IOException {
    Pipeline apart =
        Pipeline.read(source)
            .then(new Rendezvous(Files.createDirectory(folder.resolve("apart")), 60_000));
    RunOptions global = Variants.baseline().withLock(LockPolicy.parse("global"));
    assertEquals(390, engine.run(apart, global.withMode(two())).rowsOut());
    // Threads have one, and whoever holds it waits in vain.
    Pipeline together =
        Pipeline.read(source)
            .then(new Rendezvous(Files.createDirectory(folder.resolve("together")), 300));
    PipelineException e =
        assertThrows(
            PipelineException.class,
            () -> engine.run(together, global.withMode(ExecutionMode.threads(2))));
    assertTrue(e.getMessage().contains("nobody came"), e::toString);
  }

  @Test
  void workersStayWarmUntilTheEngineIsClosed() {
    RunReport first = engine.run(pipeline(), with(ExecutionMode.processes(1)));
    RunReport second = engine.run(pipeline(), with(ExecutionMode.processes(1)));
    assertTrue(first.startup().toNanos() > 0);
    assertEquals(Duration.ZERO, second.startup());
  }

  @ParameterizedTest
  @EnumSource(
      value = Deadly.Way.class,
      names = {"KILL", "EXIT"})
  void aWorkerThatDiesLosesAndDoublesNothing(Deadly.Way way) {
    Rows expected = rows(pipeline(), Variants.baseline());
    Path marker = folder.resolve("marker");
    Pipeline deadly =
        Pipeline.read(source)
            .then(new Deadly.Operator(way, 15, marker))
            .then(new Above("x", -50))
            .then(new Centre(Columns.of("x", "y")))
            .then(new Copy("x", "z"))
            .then(new Discovered("z"))
            .then(new Centre(Columns.of("z")));
    // The first death is in the first fit pass.
    assertSame(expected, rows(deadly, with(two())), "after a death while fitting");
    assertTrue(Files.exists(marker));
  }

  @Test
  void aDeathInTheLastPassLosesAndDoublesNothing() {
    Pipeline plain = Pipeline.read(source).then(new Add("x", 1));
    Pipeline deadly =
        plain.then(new Deadly.Operator(Deadly.Way.KILL, 20, folder.resolve("marker")));
    assertSame(rows(plain, Variants.baseline()), rows(deadly, with(two())), "after a death");
  }

  @Test
  void aBatchThatKillsWorkersIsQuarantinedAndEndsTheRun() throws IOException {
    Pipeline poisoned =
        Pipeline.read(source)
            .then(new Add("x", 1))
            .then(new Deadly.Operator(Deadly.Way.KILL, 17, null));
    PipelineException e =
        assertThrows(
            PipelineException.class, () -> engine.run(poisoned, with(two().withMaxAttempts(2))));
    assertTrue(e.getMessage().startsWith("batch 7 ended 2 workers and is given up"), e::toString);
    assertTrue(
        e.getMessage().matches("(?s).*; worker \\d+ \\(pid \\d+\\) was killed by SIGKILL.*"),
        e::toString);
    assertTrue(e.getMessage().contains("in stage 2 (Operator), batch 7"), e::toString);
    try (Stream<Path> files = Files.list(folder.resolve("quarantine"))) {
      List<Path> saved = files.sorted().toList();
      assertEquals(2, saved.size());
      assertTrue(Files.size(saved.get(0)) > 0);
      assertEquals(2, Files.readAllLines(saved.get(1)).size());
    }
  }

  @Test
  void noBatchIsBlamedForWorkersThatDoNotStart() {
    Pipeline stillborn =
        Pipeline.read(source).then(new Deadly.Stillborn(ProcessHandle.current().pid()));
    for (Poison poison : Poison.values()) {
      Processes mode = two().withMaxAttempts(2).withPoison(poison);
      PipelineException e =
          assertThrows(PipelineException.class, () -> engine.run(stillborn, with(mode)));
      assertTrue(
          e.getMessage()
              .matches(
                  "(?s)workers do not start: 2 ended before they took a batch;"
                      + " worker \\d+ \\(pid \\d+\\) ended with exit code 5;"
                      + " its last output:\\s+no licence found"),
          e::toString);
    }
    assertFalse(Files.exists(folder.resolve("quarantine")));
  }

  @ParameterizedTest
  @EnumSource(
      value = Deadly.Way.class,
      names = {"HANG", "FREEZE"})
  void aWorkerThatHangsIsReplaced(Deadly.Way way) {
    Pipeline plain = Pipeline.read(source).then(new Add("x", 1));
    Pipeline hanging = plain.then(new Deadly.Operator(way, 20, folder.resolve("marker")));
    Processes impatient = two().withDeadline(Duration.ofSeconds(3));
    assertSame(rows(plain, Variants.baseline()), rows(hanging, with(impatient)), "after a hang");
  }

  @Test
  void aWorkerOutOfMemoryIsNamed() {
    Pipeline greedy =
        Pipeline.read(source).then(new Deadly.Operator(Deadly.Way.OUT_OF_MEMORY, 20, null));
    PipelineException e =
        assertThrows(
            PipelineException.class, () -> engine.run(greedy, with(two().withMaxAttempts(1))));
    assertTrue(e.getMessage().contains("ran out of Java heap"), e::toString);
    assertTrue(e.getMessage().contains("stage 1 (Operator), batch 10"), e::toString);
  }

  @Test
  void anExceptionInAWorkerIsTheFailureItIsInline() {
    Pipeline failing =
        Pipeline.read(source)
            .then(new Add("x", 1))
            .then(new Deadly.Operator(Deadly.Way.THROW, 17, null));
    PipelineException inline =
        assertThrows(PipelineException.class, () -> engine.run(failing, Variants.baseline()));
    PipelineException there =
        assertThrows(PipelineException.class, () -> engine.run(failing, with(two())));
    assertEquals(inline.getMessage(), there.getMessage());
    assertEquals(2, there.stage());
    assertEquals("x", there.column());
    assertEquals("7", there.batch());
    assertEquals(3, there.row());
    assertTrue(there.getCause().getMessage().contains("Deadly"));
    // The workers survive it.
    engine.run(pipeline(), with(two()));
  }

  @Test
  void aFunctionThatCannotTravelIsAnErrorBeforeAnythingStarts() {
    Pipeline function = Pipeline.read(source).then(new Calling(Nature.ROW, (batch, context) -> {}));
    PipelineException e =
        assertThrows(PipelineException.class, () -> engine.run(function, with(two())));
    assertTrue(
        e.getMessage().startsWith("stage 1 (Calling): cannot travel to another process"),
        e::toString);
    assertTrue(e.getMessage().endsWith("or use mode threads"), e::toString);
  }

  @Test
  void splitsOfASourceInMemoryCannotBeSent() {
    Processes splits = two().withShip(ExecutionMode.Ship.SPLITS);
    PipelineException e =
        assertThrows(PipelineException.class, () -> engine.run(pipeline(), with(splits)));
    assertTrue(e.getMessage().contains("ship data instead of splits"), e::toString);
  }

  @Test
  void cancellingEndsWorkersAtOnce() throws Exception {
    Path marker = folder.resolve("marker");
    Pipeline hanging = Pipeline.read(source).then(new Deadly.Operator(Deadly.Way.HANG, 10, marker));
    RunHandle handle = engine.submit(hanging, with(two()));
    while (!Files.exists(marker)) {
      Thread.onSpinWait();
    }
    handle.cancel();
    CompletionException e = assertThrows(CompletionException.class, () -> handle.report().join());
    assertEquals(RunCancelledException.class, e.getCause().getClass());
    assertFalse(
        ProcessHandle.current()
            .children()
            .anyMatch(
                child ->
                    child.isAlive()
                        && child.info().commandLine().orElse("").contains("WorkerMain")));
  }
}
