package dev.baton.cli.predict;

import dev.baton.engine.RunReport;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.StageName;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.metrics.TimeLedger.Role;
import dev.baton.engine.metrics.Times;
import dev.baton.engine.metrics.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads from the ledger of a run what it had to do. */
final class Workloads {
  /** What a virtual machine takes to start a thread; {@code baton lab startup} measures it. */
  private static final double THREAD_START = 150e-6;

  private Workloads() {}

  /**
   * The work in each of some rounds of the same run, with any number of workers.
   *
   * @param shape a ledger with a timeline, which says how much splits differ
   */
  static List<Workload> of(List<RunReport> rounds, TimeLedger shape) {
    List<Workload> loads = rounds.stream().map(round -> of(round, shape)).toList();
    // The system counts processor time in ticks of 10 ms, as long as a short round takes, so what
    // one round tells of the background may be off by all of it; the mean is not.
    double background = loads.stream().mapToDouble(Workload::background).average().orElse(0);
    return loads.stream()
        .map(load -> new Workload(load.passes(), load.outside(), Math.max(0, background)))
        .toList();
  }

  private static Workload of(RunReport report, TimeLedger shape) {
    TimeLedger ledger = report.ledger();
    List<TimeLedger.Worker> callers = with(ledger, Role.CALLER);
    int passes =
        ledger.workers().stream().mapToInt(worker -> worker.passes().size()).max().orElse(0);
    double gc = seconds(report.gc());
    double withoutGc = 1 - gc / seconds(report.wall());
    List<Workload.Pass> loads = new ArrayList<>();
    double busy = 0;
    for (int number = 1; number < passes; number++) {
      Workload.Pass load = pass(number, ledger, shape, withoutGc);
      busy += load.work(ledger.working().size());
      loads.add(load);
    }
    double outside = atWork(callers, 0, stage -> true) * withoutGc + gc;
    return new Workload(loads, outside, seconds(report.cpu()) - busy - outside);
  }

  private static Workload.Pass pass(
      int number, TimeLedger ledger, TimeLedger shape, double withoutGc) {
    List<TimeLedger.Worker> callers = with(ledger, Role.CALLER);
    List<TimeLedger.Worker> workers = ledger.working();
    List<TimeLedger.Worker> lanes = with(ledger, Role.LANE);
    double[] splits = Splits.of(number, shape.working(), (int) batches(number, shape.working()));
    int count = Math.max(1, splits.length);
    // Lanes work on behalf of their process, before and after it.
    double work =
        atWork(workers, number, name -> name.work() != Work.MERGE)
            + atWork(lanes, number, name -> true);
    scale(splits, work * withoutGc);
    // What needs no core: the outside world, and for processes the way between them.
    double latency = sum(workers, number, name -> true, Account.IO);
    if (workers.get(0).role() == Role.PROCESS) {
      latency +=
          sum(workers, number, name -> true, Account.IPC, Account.STARVED, Account.BACK_PRESSURE);
    }
    double checkpoint = work / count / Math.max(1, stages(number, workers));
    if (workers.get(0).role() == Role.CALLER) {
      return new Workload.Pass(splits, 0, latency / count, 0, 0, 0, 0, checkpoint);
    }
    double engine = atWork(callers, number, name -> name.work() == Work.ENGINE);
    double start = engine * Splits.startShare(number, with(shape, Role.CALLER));
    double startOne = Math.min(THREAD_START, start * withoutGc / workers.size());
    double results =
        engine
            - start
            + atWork(
                callers, number, name -> name.work() != Work.DECODE && name.work() != Work.ENGINE);
    return new Workload.Pass(
        splits,
        atWork(workers, number, name -> name.work() == Work.MERGE) * withoutGc / count,
        latency / count,
        results * withoutGc / count,
        atWork(callers, number, name -> name.work() == Work.DECODE) * withoutGc / count,
        start * withoutGc - workers.size() * startOne,
        startOne,
        checkpoint);
  }

  private static long batches(int number, List<TimeLedger.Worker> workers) {
    return stages(number, workers, name -> name.work() == Work.DECODE)
        .mapToLong(stage -> stage.flow().batches())
        .sum();
  }

  private static long stages(int number, List<TimeLedger.Worker> workers) {
    return stages(number, workers, name -> name.work() != Work.MERGE)
        .map(TimeLedger.Stage::name)
        .distinct()
        .count();
  }

  private static void scale(double[] parts, double total) {
    double sum = Arrays.stream(parts).sum();
    for (int i = 0; i < parts.length; i++) {
      parts[i] = sum > 0 ? parts[i] / sum * total : total / parts.length;
    }
  }

  private static List<TimeLedger.Worker> with(TimeLedger ledger, Role role) {
    return ledger.workers().stream().filter(worker -> worker.role() == role).toList();
  }

  private static double atWork(
      List<TimeLedger.Worker> workers, int number, Predicate<StageName> which) {
    return sum(workers, number, which, Account.COMPUTE, Account.SERIALISE);
  }

  private static double sum(
      List<TimeLedger.Worker> workers,
      int number,
      Predicate<StageName> which,
      Account... accounts) {
    return stages(number, workers, which)
        .mapToDouble(stage -> seconds(stage.times(), accounts))
        .sum();
  }

  private static Stream<TimeLedger.Stage> stages(
      int number, List<TimeLedger.Worker> workers, Predicate<StageName> which) {
    return workers.stream()
        .filter(worker -> number < worker.passes().size())
        .flatMap(worker -> worker.passes().get(number).stages().stream())
        .filter(stage -> which.test(stage.name()));
  }

  private static double seconds(Times times, Account... accounts) {
    double sum = 0;
    for (Account account : accounts) {
      sum += seconds(times.get(account));
    }
    return sum;
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
