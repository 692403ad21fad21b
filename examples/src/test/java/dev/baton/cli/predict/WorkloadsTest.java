package dev.baton.cli.predict;

import static dev.baton.cli.predict.MeasuredRun.SCALER;
import static dev.baton.cli.predict.MeasuredRun.SOURCE;
import static dev.baton.cli.predict.MeasuredRun.computes;
import static dev.baton.cli.predict.MeasuredRun.engine;
import static dev.baton.cli.predict.MeasuredRun.report;
import static dev.baton.cli.predict.MeasuredRun.seen;
import static dev.baton.cli.predict.MeasuredRun.segment;
import static dev.baton.cli.predict.MeasuredRun.stage;
import static dev.baton.cli.predict.MeasuredRun.worker;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.RunReport;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.TimeLedger.Role;
import dev.baton.engine.metrics.TimeLedger.Worker;
import dev.baton.engine.metrics.Work;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
  private static Workload of(RunReport run, RunReport shape) {
    return Workloads.of(List.of(run), shape.ledger()).get(0);
  }

  private static Workload.Pass only(Workload load) {
    assertEquals(1, load.passes().size());
    return load.passes().get(0);
  }

  @Test
  void inlineTheCallerDoesAllForEachSplit() {
    Worker caller =
        worker(
            Role.CALLER,
            List.of(computes(engine(Work.ENGINE), 0, 1)),
            computes(SOURCE, 4, 6),
            computes(SCALER, 4, 2));
    RunReport run = report(ExecutionMode.inline(), 9, 10, 0, caller);
    Workload load = of(run, run);
    Workload.Pass pass = only(load);
    assertArrayEquals(new double[] {2, 2, 2, 2}, pass.splits(), 1e-9, "nobody saw how they differ");
    assertEquals(1, load.outside(), 1e-9);
    assertEquals(1, load.background(), 1e-9, "processor time that no worker had");
    assertEquals(1, pass.checkpoint(), 1e-9, "two stages of each split");
    assertEquals(0, pass.callerMerge() + pass.workerMerge() + pass.publish() + pass.start());
  }

  @Test
  void splitsDifferAsTheTimelineOfAnotherRoundSays() {
    Worker caller = worker(Role.CALLER, List.of(), computes(SCALER, 3, 12));
    RunReport run = report(ExecutionMode.inline(), 12, 12, 0, caller);
    RunReport shape = report(ExecutionMode.inline(), 4, 4, 0, seen(caller, 1, 2, 1));
    assertArrayEquals(new double[] {3, 6, 3}, only(of(run, shape)).splits(), 1e-9);
  }

  @Test
  void onThreadsCallerAndWorkersAreToldApart() {
    Worker caller =
        worker(
            Role.CALLER,
            List.of(),
            computes(SOURCE, 0, 0.4),
            computes(engine(Work.ENGINE), 0, 0.5),
            computes(engine(Work.COMMIT), 4, 0.8));
    Worker thread =
        worker(
            Role.THREAD,
            List.of(),
            computes(SOURCE, 4, 4),
            stage(SCALER, 4, Map.of(Account.COMPUTE, 4.0, Account.IO, 2.0, Account.LOCK_WAIT, 9.0)),
            computes(engine(Work.MERGE), 4, 0.2));
    RunReport run = report(ExecutionMode.threads(1), 20, 9.9, 0, caller, thread);
    Workload load = of(run, run);
    Workload.Pass pass = only(load);
    assertArrayEquals(new double[] {2, 2, 2, 2}, pass.splits(), 1e-9);
    assertEquals(0.5, pass.latency(), 1e-9, "waiting for a lock is none");
    assertEquals(0.05, pass.workerMerge(), 1e-9);
    assertEquals(0.2, pass.callerMerge(), 1e-9);
    assertEquals(0.1, pass.publish(), 1e-9);
    assertEquals(0.5, pass.start() + pass.startOne(), 1e-9);
    assertEquals(0, load.background(), 1e-9);
  }

  @Test
  void ofProcessesTheLanesWorkCountsAndTheWayBetweenIsLatency() {
    Worker caller = worker(Role.CALLER, List.of());
    Worker lane = worker(Role.LANE, List.of(), computes(engine(Work.ENGINE), 2, 2));
    Worker process =
        worker(
            Role.PROCESS,
            List.of(),
            stage(SOURCE, 2, Map.of(Account.COMPUTE, 6.0, Account.IPC, 1.0)),
            stage(SCALER, 2, Map.of(Account.STARVED, 0.5, Account.BACK_PRESSURE, 0.5)));
    RunReport run = report(ExecutionMode.processes(1), 12, 8, 0, caller, lane, process);
    Workload.Pass pass = only(of(run, run));
    assertArrayEquals(new double[] {4, 4}, pass.splits(), 1e-9);
    assertEquals(1, pass.latency(), 1e-9);
  }

  @Test
  void pausesOfTheCollectorAreTakenOutOfTheWorkAndStopEverybody() {
    Worker caller =
        worker(Role.CALLER, List.of(computes(engine(Work.ENGINE), 0, 2)), computes(SOURCE, 1, 8));
    RunReport run = report(ExecutionMode.inline(), 10, 10, 1, caller);
    Workload load = of(run, run);
    assertArrayEquals(new double[] {7.2}, only(load).splits(), 1e-9);
    assertEquals(2 * 0.9 + 1, load.outside(), 1e-9);
  }

  @Test
  void theBackgroundIsTheMeanOfTheRoundsSinceTicksAreLong() {
    Worker caller = worker(Role.CALLER, List.of(), computes(SOURCE, 1, 8));
    List<RunReport> rounds =
        List.of(
            report(ExecutionMode.inline(), 8, 0, 0, caller),
            report(ExecutionMode.inline(), 8, 20, 0, caller),
            report(ExecutionMode.inline(), 8, 10, 0, caller));
    for (Workload load : Workloads.of(rounds, rounds.get(0).ledger())) {
      assertEquals(2, load.background(), 1e-9, "0, 20 and 10 seconds for 8 of work");
    }
  }

  @Test
  void theCallerStartsWorkersBeforeItLooksForSplits() {
    Worker caller =
        worker(
            Role.CALLER, List.of(), computes(SOURCE, 0, 0.5), computes(engine(Work.ENGINE), 0, 4));
    Worker seen =
        new Worker(
            "caller",
            Role.CALLER,
            caller.passes(),
            List.of(
                segment(engine(Work.ENGINE), 0, 3),
                segment(SOURCE, 3, 3.5),
                segment(engine(Work.ENGINE), 3.5, 4.5)));
    Worker thread = worker(Role.THREAD, List.of(), computes(SOURCE, 4, 8));
    RunReport run = report(ExecutionMode.threads(2), 9, 12.5, 0, caller, thread, thread);
    RunReport shape = report(ExecutionMode.threads(2), 9, 12.5, 0, seen, thread, thread);
    Workload.Pass pass = only(of(run, shape));
    assertEquals(150e-6, pass.startOne(), 1e-9, "what a thread takes to start");
    assertEquals(3, pass.start() + 2 * pass.startOne(), 1e-9, "three quarters of 4 seconds");
    assertEquals(1.0 / 8, pass.callerMerge(), 1e-9, "the rest, for each split");
    assertEquals(0.5 / 8, pass.publish(), 1e-9);
    assertEquals(pass.work(2) + pass.startOne(), pass.work(3), 1e-9);
  }

  @Test
  void splitsThatACoarseTimelineSwallowedAreLikeThoseSeenWhole() {
    // The first 40 became four with the time of ten each; the last 30 were seen one by one.
    double[] split = new double[70];
    for (int i = 0; i < 70; i++) {
      split[i] = i >= 40 ? 1 + i % 2 : i % 10 == 0 ? 15 : 0;
    }
    Worker caller = worker(Role.CALLER, List.of(), computes(SCALER, 70, 105));
    RunReport run = report(ExecutionMode.inline(), 105, 105, 0, seen(caller, split));
    double[] splits = only(of(run, run)).splits();
    assertEquals(70, splits.length);
    assertEquals(105, Arrays.stream(splits).sum(), 1e-9);
    assertEquals(1, Arrays.stream(splits).min().orElseThrow(), 0.02);
    assertEquals(2, Arrays.stream(splits).max().orElseThrow(), 0.04);
  }

  @Test
  void withTooFewSplitsSeenWholeAllAreTakenToBeEqual() {
    double[] split = new double[40];
    for (int i = 0; i < 40; i += 10) {
      split[i] = 10;
    }
    split[39] = 10;
    Worker caller = worker(Role.CALLER, List.of(), computes(SCALER, 40, 80));
    RunReport run = report(ExecutionMode.inline(), 80, 80, 0, seen(caller, split));
    double[] splits = only(of(run, run)).splits();
    assertEquals(40, splits.length);
    for (double one : splits) {
      assertEquals(2, one, 1e-9);
    }
  }
}
