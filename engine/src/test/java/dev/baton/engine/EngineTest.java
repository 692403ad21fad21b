package dev.baton.engine;

import static dev.baton.engine.testkit.Differences.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.source.ForwardingSource;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.testkit.MemorySink;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Above;
import dev.baton.engine.testkit.TestOperators.Add;
import dev.baton.engine.testkit.TestOperators.Calling;
import dev.baton.engine.testkit.TestOperators.Centre;
import dev.baton.engine.testkit.TestOperators.Copy;
import dev.baton.engine.testkit.TestOperators.Discovered;
import dev.baton.engine.testkit.TestOperators.Numbered;
import dev.baton.engine.testkit.TestOperators.Without;
import dev.baton.engine.testkit.Variants;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Closing the engine after each test is the leak check. */
@Timeout(60)
class EngineTest {
  private static final Schema SCHEMA =
      Rows.schema("x", Types.FLOAT64, "y", Types.FLOAT64, "s", Types.UTF8);

  private final RootAllocator root = new RootAllocator();
  private final Engine engine = Engine.open(root);
  private final List<Batch> batches = new ArrayList<>();
  private Rows rows;
  private Source source;

  @BeforeEach
  void twentyBatches() {
    rows = Rows.of(SCHEMA);
    for (int i = 0; i < 20; i++) {
      Rows part = RandomRows.of(SCHEMA, 10 + i, i, Mix.TAME);
      rows = rows.plus(part);
      batches.add(part.batch(root));
    }
    source = new MemorySource(batches.get(0).schema(), batches);
  }

  @AfterEach
  void nothingIsLeftBehind() {
    engine.close();
    batches.forEach(Batch::close);
    root.close();
    assertEquals(List.of(), workerThreads());
  }

  private static List<String> workerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("baton-worker"))
        .toList();
  }

  static Stream<RunOptions> variants() {
    return Variants.all().stream();
  }

  private Pipeline pipeline() {
    return Pipeline.read(source)
        .then(new Above("x", -50))
        .then(new Centre(Columns.of("x", "y")))
        .then(new Add("x", 1))
        .then(new Copy("x", "z"))
        .then(new Discovered("z"))
        .then(new Centre(Columns.of("z")));
  }

  /** A source that cannot be closed, as when a network drive is gone. */
  private record Unclosable(Source source) implements Source {
    @Override
    public OpenSource open() throws IOException {
      return new ForwardingSource(source.open()) {
        @Override
        protected Source again(Source other) {
          return new Unclosable(other);
        }

        @Override
        public void close() throws IOException {
          super.close();
          throw new IOException("the drive is gone");
        }
      };
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aSourceThatCannotBeClosedKeepsNothingElseOpen(RunOptions options) {
    Pipeline unclosable = pipeline().from(new Unclosable(source)).write(new MemorySink());
    PipelineException e =
        assertThrows(PipelineException.class, () -> engine.run(unclosable, options));
    assertEquals("source: the drive is gone", e.getMessage());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyVariantGivesTheSameBits(RunOptions options) {
    MemorySink expected = new MemorySink();
    RunReport baseline = engine.run(pipeline().write(expected), Variants.baseline());
    MemorySink actual = new MemorySink();
    RunReport report = engine.run(pipeline().write(actual), options);

    assertSame(expected.rows(), actual.rows(), options.toString());
    assertEquals(baseline.digest(), report.digest());
    assertEquals(rows.size(), report.rowsIn());
    assertEquals(expected.rows().size(), report.rowsOut());
    assertEquals(0, actual.stillOpen());
    assertEquals(3, report.passes().size());
  }

  /** The module of worker processes is not on the class path of these tests. */
  @Test
  void aModeThatIsNotThereNamesTheArtifactThatHasIt() {
    PipelineException e =
        assertThrows(
            PipelineException.class,
            () -> engine.run(pipeline(), Variants.baseline().withMode(ExecutionMode.processes(2))));
    assertEquals(
        "mode processes is not on the class path; add the artifact dev.baton:baton-ipc,"
            + " or use mode threads",
        e.getMessage());
  }

  @Test
  void aPipelineWithoutOperatorsPassesTheRowsOn() {
    MemorySink sink = new MemorySink();
    engine.run(Pipeline.read(source).write(sink));
    assertSame(rows, sink.rows(), "the output");
  }

  @Test
  void repeatingASourceGivesItsRowsAgainAndAgain() {
    MemorySink sink = new MemorySink();
    engine.run(Pipeline.read(source.repeat(3)).write(sink));
    assertSame(rows.plus(rows).plus(rows), sink.rows(), "the output");
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theFirstFailureInTheDataIsReportedWhicheverWorkerIsFaster(RunOptions options) {
    AtomicInteger calls = new AtomicInteger();
    Pipeline failing =
        Pipeline.read(source)
            .then(new Add("x", 1))
            .then(
                new Calling(
                    Nature.ROW,
                    (batch, context) -> {
                      calls.incrementAndGet();
                      if (batch.rows() >= 17) {
                        throw new ValueException("x", 3, "expected less of it but was " + batch);
                      }
                    }));
    MemorySink sink = new MemorySink();
    PipelineException e =
        assertThrows(PipelineException.class, () -> engine.run(failing.write(sink), options));
    assertTrue(
        e.getMessage().startsWith("stage 2 'x' (Calling), batch 7, row 3: expected less of it"),
        e.getMessage());
    assertEquals(2, e.stage());
    assertEquals("x", e.column());
    assertEquals("7", e.batch());
    assertEquals(3, e.row());
    assertNull(sink.rows());
    assertEquals(0, sink.stillOpen());
    assertTrue(calls.get() >= 8);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void anErrorInUserCodeIsAFailureOfItsStage(RunOptions options) {
    Pipeline failing =
        Pipeline.read(source)
            .then(
                new Calling(
                    Nature.ROW,
                    (batch, context) -> {
                      throw new StackOverflowError();
                    }));
    PipelineException e = assertThrows(PipelineException.class, () -> engine.run(failing, options));
    assertEquals("stage 1 (Calling), batch 0: java.lang.StackOverflowError", e.getMessage());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aSinkThatRefusesEndsTheRun(RunOptions options) {
    MemorySink sink = new MemorySink(4);
    PipelineException e =
        assertThrows(PipelineException.class, () -> engine.run(pipeline().write(sink), options));
    assertEquals("sink: No space left on device", e.getMessage());
    assertNull(sink.rows());
    assertEquals(0, sink.stillOpen());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void tooLittleMemoryIsAnErrorThatSaysWhatToDo(RunOptions options) {
    Pipeline copying = Pipeline.read(source).then(new Copy("x", "z"));
    PipelineException e =
        assertThrows(
            PipelineException.class, () -> engine.run(copying, options.withMemoryBytes(100)));
    assertTrue(
        e.getMessage().contains("the memory limit of the run is reached; raise it"), e::toString);
  }

  @Test
  void aMisspeltColumnIsAnErrorBeforeAnyDataIsRead() {
    AtomicInteger calls = new AtomicInteger();
    Pipeline wrong =
        Pipeline.read(source)
            .then(new Calling(Nature.ROW, (batch, context) -> calls.incrementAndGet()))
            .then(new Centre(Columns.of("x", "yy")));
    PipelineException e = assertThrows(PipelineException.class, () -> engine.run(wrong));
    assertEquals("stage 2 (Centre): no column 'yy', did you mean 'y'?", e.getMessage());
    assertEquals(0, calls.get());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aStreamGivesTheSameRowsAsASink(RunOptions options) {
    MemorySink sink = new MemorySink();
    engine.run(pipeline().write(sink), options);
    Rows streamed = Rows.of(sink.rows().schema());
    List<Batch> kept = new ArrayList<>();
    try (BatchStream stream = engine.stream(pipeline(), options)) {
      stream.forEachRemaining(kept::add);
    }
    // Batches outlive the stream they came from.
    for (Batch batch : kept) {
      streamed = streamed.plus(Rows.of(batch));
      batch.close();
    }
    assertSame(sink.rows(), streamed, options.toString());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aStreamCanBeClosedBeforeItsEnd(RunOptions options) {
    try (BatchStream stream = engine.stream(pipeline(), options)) {
      stream.next().close();
      assertTrue(stream.hasNext());
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aSubmittedRunCanBeCancelled(RunOptions options) throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    Pipeline endless =
        Pipeline.read(source)
            .then(
                new Calling(
                    Nature.ROW,
                    (batch, context) -> {
                      started.countDown();
                      while (true) {
                        context.checkpoint();
                      }
                    }));
    RunHandle handle = engine.submit(endless, options);
    started.await();
    assertFalse(handle.report().isDone());
    assertEquals(1, handle.progress().pass());
    handle.cancel();
    CompletionException e = assertThrows(CompletionException.class, () -> handle.report().join());
    assertEquals(RunCancelledException.class, e.getCause().getClass());
  }

  @Test
  void cancellingEndsAWaitForTheOutsideWorld() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Pipeline waiting =
        Pipeline.read(source)
            .then(
                new Calling(
                    Nature.BLOCKING,
                    (batch, context) -> {
                      try {
                        context.blocking(
                            () -> {
                              started.countDown();
                              never.await();
                              return null;
                            });
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                    }));
    RunHandle handle =
        engine.submit(waiting, Variants.baseline().withMode(ExecutionMode.threads(2)));
    started.await();
    handle.cancel();
    assertThrows(CompletionException.class, () -> handle.report().join());
  }

  @Test
  void aSubmittedRunReportsItsResultAndItsProgress() {
    RunHandle handle = engine.submit(pipeline(), Variants.baseline());
    RunReport report = handle.report().join();
    assertEquals(rows.size(), report.rowsIn());
    Progress progress = handle.progress();
    assertEquals(3, progress.pass());
    assertEquals(3, progress.passes());
    assertEquals(1.0, progress.fraction());
  }

  @Test
  void twoRunsAtOnceDoNotDisturbEachOther() {
    RunHandle a = engine.submit(pipeline(), Variants.baseline().withMode(ExecutionMode.threads(2)));
    RunHandle b = engine.submit(pipeline(), Variants.baseline());
    assertEquals(a.report().join().digest(), b.report().join().digest());
  }

  @Test
  void aFittedPipelineTransformsOtherDataAsTheWholeRunDoes() {
    FittedPipeline fitted = engine.fit(pipeline(), RunOptions.defaults());
    MemorySink refitted = new MemorySink();
    engine.run(pipeline().write(refitted));
    MemorySink sink = new MemorySink();
    RunReport report = engine.run(fitted.read(source).write(sink));
    assertEquals(1, report.passes().size());
    assertSame(refitted.rows(), sink.rows(), "the output");
  }

  @Test
  void whatDependsOnTheOrderOfTheRowsIsLearnedAnewFromOtherRows() {
    Pipeline ordered =
        Pipeline.read(source).then(new Numbered("n")).then(new Centre(Columns.of("x")));
    FittedPipeline fitted = engine.fit(ordered, RunOptions.defaults());
    MemorySink sink = new MemorySink();
    RunReport report = engine.run(fitted.read(source.repeat(3)).write(sink));
    assertEquals(List.of("1 Numbered"), report.passes().get(0).fitted());
    assertEquals(2, report.passes().size());
    List<Object> numbers = sink.rows().column("n");
    for (int row = 0; row < report.rowsOut(); row++) {
      assertEquals((long) row, numbers.get(row));
    }
  }

  @Test
  void aPassReadsOnlyTheColumnsItNeeds() {
    Pipeline narrow =
        Pipeline.read(source)
            .then(new Centre(Columns.of("x")))
            .then(new Add("y", 1))
            .then(new Without("s"));
    RunReport report = engine.run(narrow);
    assertEquals(List.of("1 Centre"), report.passes().get(0).fitted());
    assertEquals(List.of("x"), report.passes().get(0).columns());
    assertEquals(List.of("x", "y"), report.passes().get(1).columns());
  }
}
