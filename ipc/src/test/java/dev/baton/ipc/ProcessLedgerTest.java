package dev.baton.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.metrics.TimeLedger.Role;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Above;
import dev.baton.engine.testkit.TestOperators.Centre;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What worker processes tell of their time. */
@Tag("process")
@Timeout(120)
class ProcessLedgerTest {
  private static final Schema SCHEMA = Rows.schema("x", Types.FLOAT64, "s", Types.UTF8);

  @Test
  void timesSumToTheWallTimeAndRowsToThoseOfTheRun() {
    List<Batch> batches = new ArrayList<>();
    try (RootAllocator root = new RootAllocator();
        Engine engine = Engine.open(root)) {
      for (int i = 0; i < 20; i++) {
        batches.add(RandomRows.of(SCHEMA, 1_000, i, Mix.TAME).batch(root));
      }
      Pipeline pipeline =
          Pipeline.read(new MemorySource(batches.get(0).schema(), batches))
              .then(new Above("x", -50))
              .then(new Centre(Columns.of("x")));
      RunReport report =
          engine.run(
              pipeline, RunOptions.defaults().withMode(ExecutionMode.processes(2)).withTimeline());
      check(report);
      batches.forEach(Batch::close);
    }
  }

  private static void check(RunReport report) {
    TimeLedger ledger = report.ledger();
    List<TimeLedger.Worker> processes = ledger.working();
    List<TimeLedger.Worker> lanes =
        ledger.workers().stream().filter(worker -> worker.role() == Role.LANE).toList();
    assertEquals(2, lanes.size());
    assertEquals(2, processes.size());
    for (TimeLedger.Worker worker : ledger.workers()) {
      assertEquals(ledger.wall(), worker.times().total(), worker.name());
    }
    for (TimeLedger.Worker lane : lanes) {
      assertTrue(positive(lane, Account.IPC) && positive(lane, Account.START_UP), lane.name());
    }
    for (TimeLedger.Worker process : processes) {
      assertEquals(Role.PROCESS, process.role());
      assertTrue(positive(process, Account.COMPUTE) && positive(process, Account.IPC));
      assertTrue(positive(process, Account.SERIALISE) && positive(process, Account.START_UP));
      List<TimeLedger.Segment> timeline = process.timeline();
      TimeLedger.Segment last = timeline.get(timeline.size() - 1);
      assertEquals(2, last.pass());
      assertTrue(last.end().compareTo(ledger.wall()) < 0, last + " of " + ledger.wall());
    }
    for (TimeLedger.Pass pass : TimeLedger.merged(processes).subList(1, 3)) {
      TimeLedger.Stage above = pass.stages().get(1);
      assertEquals("1 Above", above.name().toString());
      assertEquals(report.rowsIn(), above.flow().rowsIn());
      assertEquals(report.rowsOut(), above.flow().rowsOut());
    }
  }

  private static boolean positive(TimeLedger.Worker worker, Account account) {
    return worker.times().get(account).compareTo(Duration.ZERO) > 0;
  }
}
