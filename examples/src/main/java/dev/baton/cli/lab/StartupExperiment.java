package dev.baton.cli.lab;

import dev.baton.cli.Human;
import dev.baton.cli.Table;
import dev.baton.cli.compare.Medians;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.RunReport;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.ipc.worker.ProcessMemory;
import dev.baton.operators.expression.Derive;
import dev.baton.operators.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** What it takes to start a thread and a worker process, and what memory two of each keep. */
public final class StartupExperiment implements Experiment {
  private static final int WORKERS = 2;
  private static final int SPLITS = 64;
  private static final int THREAD_STARTS = 200;
  private static final double PYTHON_SPAWN_MS = 100;

  /** Milliseconds until two workers were up, and bytes of all processes while they were. */
  private record Cost(double startMillis, double bytes) {}

  @Override
  public String id() {
    return "startup";
  }

  @Override
  public String claim() {
    return "A thread starts in microseconds and shares all memory; a process takes a JVM";
  }

  @Override
  public List<Integer> behaviours() {
    return List.of(9);
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    double threadMillis = threadStart(bench);
    Cost threads = cost(bench, ExecutionMode.threads(WORKERS));
    Cost processes = cost(bench, ExecutionMode.processes(WORKERS));
    double times = processes.bytes() / threads.bytes();
    Table table = new Table("two workers", ">start of one", ">memory of all processes");
    table.row("threads", millis(threadMillis), Human.bytes((long) threads.bytes()));
    table.row("processes", millis(processes.startMillis()), Human.bytes((long) processes.bytes()));
    return new Findings(
        List.of(new Findings.Sheet("What two workers take", table)),
        List.of(
            new Chart.Bars(
                "Memory of all processes, pages that are shared counted once",
                "MiB",
                List.of(
                    new Chart.Bar("2 threads", "none", threads.bytes() / (1 << 20)),
                    new Chart.Bar("2 processes", "processes", processes.bytes() / (1 << 20))))),
        String.format(
            Locale.ROOT,
            "A thread is at work %s after it was asked for, a worker process after %s: %.0f times as"
                + " long, for it is a JVM that loads its classes (from an archive shared by all"
                + " workers). Two of them bring the memory from %s to %s, %s times as much. Workers"
                + " stay warm until the engine is closed, so a program pays for the start once.",
            millis(threadMillis),
            millis(processes.startMillis()),
            processes.startMillis() / threadMillis,
            Human.bytes((long) threads.bytes()),
            Human.bytes((long) processes.bytes()),
            Check.figure(times)),
        "Nothing here is emulation: threads are the JVM's, processes are JVMs. Python's cheapest"
            + " start (fork, 7 ms) has no counterpart, since a JVM cannot be forked; spawn, which"
            + " starts an interpreter, is what compares.",
        List.of(
            new Check(
                    9,
                    "start of a worker / CPython's spawn of 100 ms",
                    "1",
                    processes.startMillis() / PYTHON_SPAWN_MS,
                    0.5,
                    2,
                    1)
                .unless(
                    0.5,
                    6,
                    "a worker is a JVM, which loads and compiles more than an interpreter does"),
            new Check(
                9,
                "start of a process / start of a thread",
                "hundreds",
                processes.startMillis() / threadMillis,
                100,
                Double.POSITIVE_INFINITY,
                1),
            new Check(9, "memory, 2 processes / 2 threads", "1.5", times, 1.2, 2, 1)));
  }

  private static String millis(double millis) {
    return millis < 1 ? Check.figure(1000 * millis) + " us" : Check.figure(millis) + " ms";
  }

  /** From asking for a thread to its first instruction. */
  private static double threadStart(Bench bench) throws InterruptedException {
    double[] millis = new double[THREAD_STARTS];
    for (int i = 0; i < THREAD_STARTS; i++) {
      AtomicLong up = new AtomicLong();
      long start = bench.now();
      Crew.run(1, number -> up.set(bench.now()));
      millis[i] = (up.get() - start) / 1e6;
    }
    return Medians.of(millis);
  }

  /** Runs the same small pipeline in a fresh engine, round after round. */
  private static Cost cost(Bench bench, ExecutionMode mode) {
    List<Double> starts = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    for (int round = 0; round < bench.rounds(); round++) {
      try (Engine engine = Engine.open()) {
        Load load = new Load(engine, 4096, new Derive(Numbers.COLUMN, Expression.parse("x + 1")));
        RunReport report = load.run(mode, new LockPolicy.None(), SPLITS);
        starts.add(report.startup().toNanos() / 1e6);
        bytes.add((double) memory());
      }
    }
    return new Cost(median(starts), median(bytes));
  }

  private static double median(List<Double> figures) {
    return Medians.of(figures.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Of this process and the workers it has. */
  private static long memory() {
    ProcessHandle self = ProcessHandle.current();
    return ProcessMemory.pss(self.pid())
        + self.descendants().mapToLong(worker -> ProcessMemory.pss(worker.pid())).sum();
  }
}
