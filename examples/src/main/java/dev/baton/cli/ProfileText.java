package dev.baton.cli;

import dev.baton.engine.RunReport;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.Flow;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.metrics.Times;
import dev.baton.engine.metrics.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the time of a run went, for people: a sentence, a tree of stages, a line per worker. */
public final class ProfileText {
  /** Less than that is not worth a word. */
  private static final double WORTH_SAYING = 0.02;

  private static final int STAGES_SAID = 3;

  private final RunReport report;
  private final TimeLedger ledger;

  private ProfileText(RunReport report) {
    this.report = report;
    this.ledger = report.ledger();
  }

  /** Everything. */
  public static String of(RunReport report) {
    ProfileText profile = new ProfileText(report);
    return profile.stages()
        + profile.unread()
        + "\n"
        + profile.workers()
        + "\n"
        + profile.say()
        + "\n";
  }

  private String unread() {
    boolean asked = report.skipped().ofParts() > 0;
    return asked ? "unread: " + Summary.skipped(report.skipped()) + "\n" : "";
  }

  /** Where the time went, in a sentence. */
  public static String sentence(RunReport report) {
    return new ProfileText(report).say();
  }

  // ---- the sentence ----

  private String say() {
    Times times = sum(ledger.working());
    String accounts =
        times.byAccount().entrySet().stream()
            .filter(entry -> times.share(entry.getKey()) >= WORTH_SAYING)
            .sorted(Map.Entry.<Account, Duration>comparingByValue().reversed())
            .map(entry -> percent(times.share(entry.getKey())) + " " + words(entry.getKey()))
            .collect(Collectors.joining(", "));
    return String.format(
        "Of %s, %s; the most work was in %s%s.", who(), accounts, busiest(), pauses());
  }

  private String who() {
    int workers = ledger.working().size();
    String wall = Human.time(ledger.wall());
    return switch (ledger.working().get(0).role()) {
      case PROCESS -> times(workers) + wall + " of worker processes";
      case THREAD -> times(workers) + wall + " of worker threads";
      default -> "the " + wall;
    };
  }

  private static String times(int workers) {
    return workers == 1 ? "the " : workers + " x ";
  }

  private String busiest() {
    Map<String, Duration> work = new LinkedHashMap<>();
    Duration all = Duration.ZERO;
    for (TimeLedger.Pass pass : TimeLedger.merged(ledger.counted())) {
      for (TimeLedger.Stage stage : pass.stages()) {
        Duration busy = busy(stage.times());
        work.merge(name(stage), busy, Duration::plus);
        all = all.plus(busy);
      }
    }
    double total = all.toNanos();
    return work.entrySet().stream()
        .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
        .limit(STAGES_SAID)
        .filter(entry -> entry.getValue().toNanos() >= WORTH_SAYING * total)
        .map(entry -> entry.getKey() + " (" + percent(entry.getValue().toNanos() / total) + ")")
        .collect(Collectors.joining(", "));
  }

  /** Fitting and applying are one here. */
  private static String name(TimeLedger.Stage stage) {
    return stage.name().work() == Work.ENGINE ? "the engine itself" : stage.name().toString();
  }

  private String pauses() {
    return (double) report.gc().toNanos() / ledger.wall().toNanos() < WORTH_SAYING
        ? ""
        : "; the garbage collector stopped everything for " + Human.time(report.gc());
  }

  private static String words(Account account) {
    return switch (account) {
      case COMPUTE -> "was computing";
      case LOCK_WAIT -> "waiting for locks";
      case STARVED -> "waiting for something to do";
      case BACK_PRESSURE -> "waiting for room";
      case SERIALISE -> "serialising";
      case IPC -> "talking to another process";
      case IO -> "blocked on input or output";
      case START_UP -> "starting up";
      case IDLE -> "idle";
    };
  }

  // ---- the tree ----

  private String stages() {
    Table table =
        new Table(
            "stage",
            ">time",
            ">share",
            ">lock wait",
            ">i/o",
            ">batches",
            ">rows in",
            ">rows out",
            ">rows/s",
            ">out",
            ">longest");
    List<TimeLedger.Pass> passes = TimeLedger.merged(ledger.counted());
    double total = passes.stream().mapToLong(pass -> spent(pass.times()).toNanos()).sum();
    for (TimeLedger.Pass pass : passes) {
      Times times = pass.times();
      row(table, title(pass.number()), times, total, Flow.ZERO, null);
      for (TimeLedger.Stage stage : pass.stages()) {
        row(table, "  " + label(stage), stage.times(), total, stage.flow(), stage.longest());
      }
    }
    return table.toString();
  }

  private String title(int pass) {
    if (pass == 0) {
      return "outside of passes";
    }
    boolean fits = !report.passes().get(pass - 1).fitted().isEmpty();
    return "pass " + pass + (fits ? ", fit" : ", transform");
  }

  private static String label(TimeLedger.Stage stage) {
    return stage.name() + (stage.name().work() == Work.OBSERVE ? " (observe)" : "");
  }

  private static void row(
      Table table, String name, Times times, double total, Flow flow, Duration longest) {
    Duration busy = busy(times);
    long rows = Math.max(flow.rowsIn(), flow.rowsOut());
    boolean rate = rows > 0 && !busy.isZero();
    table.row(
        name,
        Human.time(busy),
        percent(spent(times).toNanos() / total),
        time(times.get(Account.LOCK_WAIT)),
        time(times.get(Account.IO)),
        flow.batches() == 0 ? "" : Human.count(flow.batches()),
        flow.rowsIn() == 0 ? "" : Human.count(flow.rowsIn()),
        flow.rowsOut() == 0 ? "" : Human.count(flow.rowsOut()),
        rate ? Human.rate(rows / (busy.toNanos() / 1e9)) : "",
        flow.bytesOut() == 0 ? "" : Human.bytes(flow.bytesOut()),
        longest == null ? "" : millis(longest));
  }

  /** At work, also when that means waiting for the outside world. */
  private static Duration busy(Times times) {
    return times
        .get(Account.COMPUTE)
        .plus(times.get(Account.SERIALISE))
        .plus(times.get(Account.IO));
  }

  private static Duration spent(Times times) {
    return busy(times).plus(times.get(Account.LOCK_WAIT));
  }

  // ---- the workers ----

  private String workers() {
    List<Account> used =
        List.of(Account.values()).stream()
            .filter(account -> sum(ledger.workers()).get(account).toMillis() > 0)
            .toList();
    List<String> head = new ArrayList<>(List.of("worker"));
    used.forEach(account -> head.add(">" + account.id().replace('-', ' ')));
    head.addAll(List.of(">sum", ">of wall"));
    Table table = new Table(head.toArray(String[]::new));
    List<TimeLedger.Worker> sorted = new ArrayList<>(ledger.workers());
    sorted.sort(
        Comparator.comparing(TimeLedger.Worker::role).thenComparing(TimeLedger.Worker::name));
    for (TimeLedger.Worker worker : sorted) {
      Times times = worker.times();
      List<String> cells = new ArrayList<>();
      cells.add(worker.name() + (worker.role() == TimeLedger.Role.LANE ? " (lane)" : ""));
      used.forEach(account -> cells.add(time(times.get(account))));
      cells.add(Human.time(times.total()));
      double part = (double) times.total().toNanos() / ledger.wall().toNanos();
      cells.add(String.format(Locale.ROOT, "%.1f %%", 100 * part));
      table.row(cells.toArray(String[]::new));
    }
    return table.toString();
  }

  private static Times sum(List<TimeLedger.Worker> workers) {
    return workers.stream().map(TimeLedger.Worker::times).reduce(Times.ZERO, Times::plus);
  }

  private static String time(Duration duration) {
    return duration.toMillis() == 0 ? "" : Human.time(duration);
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.2f ms", duration.toNanos() / 1e6);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
