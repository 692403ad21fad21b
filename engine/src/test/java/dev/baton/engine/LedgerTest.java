package dev.baton.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.metrics.Times;
import dev.baton.engine.metrics.Work;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.testkit.MemorySink;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Above;
import dev.baton.engine.testkit.TestOperators.Centre;
import dev.baton.engine.testkit.Variants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real runs by a clock on which a nanosecond passes whenever anybody looks. */
@Timeout(60)
class LedgerTest {
  private static final Schema SCHEMA = Rows.schema("x", Types.FLOAT64, "s", Types.UTF8);
  private static final int BATCHES = 12;

  private final RootAllocator root = new RootAllocator();
  private final AtomicLong clock = new AtomicLong(5_000);
  private final Engine engine = Engine.open(root, clock::incrementAndGet);
  private final List<Batch> batches = new ArrayList<>();

  @BeforeEach
  void batches() {
    for (int i = 0; i < BATCHES; i++) {
      batches.add(RandomRows.of(SCHEMA, 10, i, Mix.TAME).batch(root));
    }
  }

  @AfterEach
  void close() {
    engine.close();
    batches.forEach(Batch::close);
    root.close();
  }

  static Stream<RunOptions> variants() {
    return Variants.all().stream();
  }

  private Pipeline pipeline() {
    return Pipeline.read(new MemorySource(batches.get(0).schema(), batches))
        .then(new Above("x", -50))
        .then(new Centre(Columns.of("x")))
        .write(new MemorySink());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyWorkersTimesSumToTheWallTime(RunOptions options) {
    RunReport report = engine.run(pipeline(), options);
    TimeLedger ledger = report.ledger();
    assertEquals(report.wall(), ledger.wall());
    int threads = options.mode() instanceof ExecutionMode.Threads t ? t.workers() : 0;
    assertEquals(1 + threads, ledger.workers().size());
    for (TimeLedger.Worker worker : ledger.workers()) {
      assertEquals(ledger.wall(), worker.times().total(), worker.name());
      for (TimeLedger.Pass pass : worker.passes()) {
        assertEquals(pass.number(), worker.passes().indexOf(pass));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aTimelineIsKeptWhenAskedFor(RunOptions options) {
    TimeLedger without = engine.run(pipeline(), options).ledger();
    assertTrue(without.workers().stream().allMatch(worker -> worker.timeline().isEmpty()));
    for (TimeLedger.Worker worker :
        engine.run(pipeline(), options.withTimeline()).ledger().workers()) {
      Duration end = Duration.ZERO;
      for (TimeLedger.Segment segment : worker.timeline()) {
        assertEquals(end, segment.start(), worker.name());
        end = segment.end();
      }
      assertTrue(end.toNanos() > 0, worker.name());
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyStageSaysWhatWentThroughIt(RunOptions options) {
    RunReport report = engine.run(pipeline(), options.withDigest());
    List<TimeLedger.Pass> passes = TimeLedger.merged(report.ledger().counted());
    assertEquals(List.of("source", "1 Above", "2 Centre", "merge", "engine"), names(passes.get(1)));
    assertEquals(
        List.of("source", "1 Above", "2 Centre", "digest", "encode", "commit", "engine"),
        names(passes.get(2)));
    assertEquals(Work.OBSERVE, stage(passes.get(1), "2 Centre").name().work());
    assertEquals(Work.APPLY, stage(passes.get(2), "2 Centre").name().work());
    assertEquals(BATCHES, stage(passes.get(1), "merge").flow().batches());
    for (TimeLedger.Pass pass : passes.subList(1, 3)) {
      assertEquals(report.rowsIn(), stage(pass, "source").flow().rowsOut());
      assertEquals(report.rowsIn(), stage(pass, "1 Above").flow().rowsIn());
      assertEquals(report.rowsOut(), stage(pass, "1 Above").flow().rowsOut());
      assertEquals(report.rowsOut(), stage(pass, "2 Centre").flow().rowsIn());
      assertEquals(BATCHES, stage(pass, "2 Centre").flow().batches());
      assertTrue(stage(pass, "source").flow().bytesOut() > 0);
      assertEquals(
          stage(pass, "source").flow().bytesOut(), stage(pass, "1 Above").flow().bytesIn());
      // Locks count real nanoseconds, which are taken out of those of this clock.
      assertTrue(stage(pass, "1 Above").times().total().toNanos() >= BATCHES);
    }
    assertEquals(report.rowsOut(), stage(passes.get(2), "commit").flow().rowsOut());
    assertEquals(report.rowsOut(), stage(passes.get(2), "digest").flow().rowsIn());
    Times encode = stage(passes.get(2), "encode").times();
    assertEquals(Duration.ZERO, encode.get(Account.COMPUTE));
    assertTrue(encode.total().toNanos() >= BATCHES);
  }

  private static List<String> names(TimeLedger.Pass pass) {
    return pass.stages().stream().map(stage -> stage.name().toString()).toList();
  }

  private static TimeLedger.Stage stage(TimeLedger.Pass pass, String name) {
    return pass.stages().stream()
        .filter(stage -> stage.name().toString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
