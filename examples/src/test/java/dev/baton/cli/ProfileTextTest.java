package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.RunReport;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.Flow;
import dev.baton.engine.metrics.StageName;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.metrics.TimeLedger.Role;
import dev.baton.engine.metrics.Times;
import dev.baton.engine.metrics.Work;
import dev.baton.engine.source.Skipped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class ProfileTextTest {
  private static final StageName SOURCE = new StageName(0, "source", Work.DECODE);
  private static final StageName SCALE = new StageName(1, "StandardScaler", Work.APPLY);
  private static final StageName ENGINE = new StageName(0, "engine", Work.ENGINE);

  private static TimeLedger.Stage stage(StageName name, Account account, int millis, Flow flow) {
    Times times = new Times(Map.of(account, Duration.ofMillis(millis)));
    return new TimeLedger.Stage(name, times, flow, Duration.ofMillis(millis).dividedBy(10));
  }

  private static TimeLedger.Worker worker(String name, Role role, TimeLedger.Stage... stages) {
    return new TimeLedger.Worker(
        name,
        role,
        List.of(new TimeLedger.Pass(0, List.of()), new TimeLedger.Pass(1, List.of(stages))),
        List.of());
  }

  private static RunReport report(Duration gc, TimeLedger.Worker... workers) {
    return report(Skipped.NOTHING, gc, workers);
  }

  private static RunReport report(Skipped skipped, Duration gc, TimeLedger.Worker... workers) {
    return new RunReport(
        ExecutionMode.threads(2),
        "none",
        new Schema(List.of()),
        5_000,
        4_000,
        -1,
        0,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ZERO,
        0,
        0,
        Duration.ZERO,
        0,
        Duration.ZERO,
        null,
        List.of(new RunReport.Pass(List.of(), Map.of(), List.of(), 5_000, Duration.ofSeconds(1))),
        gc,
        Duration.ZERO,
        new TimeLedger(Duration.ofSeconds(1), List.of(workers)),
        RunReport.Bad.NONE,
        Map.of(),
        0,
        RunReport.LeftOut.NOTHING,
        skipped);
  }

  @Test
  void whatTheSourceLeftUnreadIsSaidWhereItWasAsked() {
    String unread =
        "\nunread: 3 of 5 row groups with 3,000 of 8,000 rows, as their statistics show\n";
    TimeLedger.Worker worker =
        worker("worker-0", Role.THREAD, stage(SOURCE, Account.COMPUTE, 600, Flow.ZERO));
    RunReport some = report(new Skipped(3, 5, 3_000, 8_000), Duration.ZERO, CALLER, worker);
    assertTrue(ProfileText.of(some).contains(unread), ProfileText.of(some));
    assertFalse(ProfileText.of(report(Duration.ZERO, CALLER, worker)).contains("unread"));
  }

  private static final TimeLedger.Worker CALLER =
      worker("caller", Role.CALLER, stage(ENGINE, Account.STARVED, 1000, Flow.ZERO));

  @Test
  void aSentenceSaysWhatTheWorkersDid() {
    RunReport report =
        report(
            Duration.ofMillis(5),
            CALLER,
            worker(
                "worker-0",
                Role.THREAD,
                stage(SOURCE, Account.COMPUTE, 600, new Flow(2, 0, 3_000, 0, 0)),
                stage(ENGINE, Account.LOCK_WAIT, 400, Flow.ZERO)),
            worker(
                "worker-1",
                Role.THREAD,
                stage(SCALE, Account.COMPUTE, 200, new Flow(1, 2_000, 2_000, 0, 0)),
                stage(ENGINE, Account.STARVED, 790, Flow.ZERO),
                stage(SOURCE, Account.IO, 10, Flow.ZERO)));
    assertEquals(
        "Of 2 x 1.00 s of worker threads, 40 % was computing, 40 % waiting for something to do,"
            + " 20 % waiting for locks; the most work was in source (75 %), 1 StandardScaler"
            + " (25 %).",
        ProfileText.sentence(report));
  }

  @Test
  void pausesOfTheCollectorAreSaidWhenTheyMatter() {
    RunReport report =
        report(
            Duration.ofMillis(70),
            worker("caller", Role.CALLER, stage(SOURCE, Account.COMPUTE, 1000, Flow.ZERO)));
    assertEquals(
        "Of the 1.00 s, 100 % was computing; the most work was in source (100 %); the garbage"
            + " collector stopped everything for 70 ms.",
        ProfileText.sentence(report));
  }

  @Test
  void stagesAndWorkersAreTables() {
    RunReport report =
        report(
            Duration.ZERO,
            worker(
                "caller",
                Role.CALLER,
                stage(SOURCE, Account.COMPUTE, 750, new Flow(2, 0, 5_000, 0, 2_048)),
                stage(SCALE, Account.COMPUTE, 250, new Flow(2, 5_000, 4_000, 2_048, 1_024))));
    assertEquals(
        """
        stage                 time  share  lock wait  i/o  batches  rows in  rows out  rows/s      out   longest
        outside of passes     0 ms    0 %
        pass 1, transform   1.00 s  100 %
          source            750 ms   75 %                        2              5,000  6.67 k  2.0 KiB  75.00 ms
          1 StandardScaler  250 ms   25 %                        2    5,000     4,000  20.0 k  1.0 KiB  25.00 ms

        worker  compute     sum  of wall
        caller   1.00 s  1.00 s  100.0 %

        Of the 1.00 s, 100 % was computing; the most work was in source (75 %), 1 StandardScaler (25 %).
        """,
        ProfileText.of(report));
  }
}
