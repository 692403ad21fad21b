package dev.baton.cli.predict;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.Flow;
import dev.baton.engine.metrics.StageName;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.metrics.TimeLedger.Pass;
import dev.baton.engine.metrics.TimeLedger.Role;
import dev.baton.engine.metrics.TimeLedger.Segment;
import dev.baton.engine.metrics.TimeLedger.Stage;
import dev.baton.engine.metrics.TimeLedger.Worker;
import dev.baton.engine.metrics.Times;
import dev.baton.engine.metrics.Work;
import dev.baton.engine.source.Skipped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reports and ledgers of made-up runs of one pass, to the second. */
final class MeasuredRun {
  static final StageName SOURCE = new StageName(0, "source", Work.DECODE);
  static final StageName SCALER = new StageName(1, "standard-scaler", Work.OBSERVE);

  private MeasuredRun() {}

  static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  static RunReport report(ExecutionMode mode, double wall, double cpu, double gc, Worker... of) {
    return new RunReport(
        mode,
        "none",
        new Schema(List.of()),
        1000,
        1000,
        -1,
        0,
        seconds(wall),
        seconds(cpu),
        Duration.ZERO,
        0,
        0,
        Duration.ZERO,
        0,
        Duration.ZERO,
        new Digest(0, 1000, 7),
        List.of(),
        seconds(gc),
        Duration.ZERO,
        new TimeLedger(seconds(wall), List.of(of)),
        RunReport.Bad.NONE,
        Map.of(),
        0,
        RunReport.LeftOut.NOTHING,
        Skipped.NOTHING);
  }

  /** A worker that did this outside of passes, and that in the first. */
  static Worker worker(Role role, List<Stage> outside, Stage... inPass) {
    return new Worker(
        role.id(), role, List.of(new Pass(0, outside), new Pass(1, List.of(inPass))), List.of());
  }

  /** The worker as someone saw it who noted how many seconds each split took, 0 if not seen. */
  static Worker seen(Worker worker, double... splits) {
    List<Segment> timeline = new ArrayList<>();
    double now = 0;
    for (int split = 0; split < splits.length; split++) {
      if (splits[split] > 0) {
        timeline.add(
            new Segment(
                seconds(now), seconds(now + splits[split]), 1, SCALER, Account.COMPUTE, split));
      }
      now += splits[split];
    }
    return new Worker(worker.name(), worker.role(), worker.passes(), timeline);
  }

  /** What a worker did in the first pass, without a split. */
  static Segment segment(StageName stage, double start, double end) {
    return new Segment(seconds(start), seconds(end), 1, stage, Account.COMPUTE, -1);
  }

  static Stage stage(StageName name, long batches, Map<Account, Double> spent) {
    Times times = Times.ZERO;
    for (Map.Entry<Account, Double> entry : spent.entrySet()) {
      times = times.plus(new Times(Map.of(entry.getKey(), seconds(entry.getValue()))));
    }
    return new Stage(name, times, new Flow(batches, 0, 0, 0, 0), Duration.ZERO);
  }

  static Stage computes(StageName name, long batches, double seconds) {
    return stage(name, batches, Map.of(Account.COMPUTE, seconds));
  }

  static StageName engine(Work work) {
    return new StageName(0, work.id(), work);
  }
}
