package dev.baton.cli.compare;

import dev.baton.engine.RunReport;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.metrics.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What the runs of one variant gave. Confined to one thread. */
public final class Result {
  private final Variant variant;
  private double startupSeconds;
  private final List<RunReport> repeats = new ArrayList<>();
  private final Set<String> digests = new LinkedHashSet<>();

  Result(Variant variant) {
    this.variant = variant;
  }

  /** Takes a run into account only for its output. */
  void warmUp(RunReport report) {
    startupSeconds = Math.max(startupSeconds, seconds(report.startup()));
    digests.add(report.digest().toString());
  }

  void add(RunReport report) {
    warmUp(report);
    repeats.add(report);
  }

  public Variant variant() {
    return variant;
  }

  /** The measured runs in order, without warm-ups. */
  public List<RunReport> repeats() {
    return List.copyOf(repeats);
  }

  /** The measured run whose wall time is nearest to the median. */
  public RunReport typical() {
    double middle = wallSeconds();
    return repeats.stream()
        .min(Comparator.comparingDouble(report -> Math.abs(seconds(report.wall()) - middle)))
        .orElseThrow();
  }

  /** The digests of all outputs, warm-ups included; one when all is well. */
  public Set<String> digests() {
    return Set.copyOf(digests);
  }

  public String digest() {
    return digests.iterator().next();
  }

  public long rows() {
    return repeats.get(0).rowsIn();
  }

  public double wallSeconds() {
    return median(report -> seconds(report.wall()));
  }

  public double cpuSeconds() {
    return median(report -> seconds(report.cpu()));
  }

  public double lockWaitSeconds() {
    return median(report -> seconds(report.lockWait()));
  }

  /** The longest start-up of a worker process in any run, warm-ups included. */
  public double startupSeconds() {
    return startupSeconds;
  }

  public long ipcBytes() {
    return Math.round(median(RunReport::ipcBytes));
  }

  public double ipcSeconds() {
    return median(report -> seconds(report.ipc()));
  }

  /** Where the time of all workers went in a typical run. */
  public Times times() {
    return typical().ledger().working().stream()
        .map(TimeLedger.Worker::times)
        .reduce(Times.ZERO, Times::plus);
  }

  /** Pauses of the garbage collector, of all processes together. */
  public double gcSeconds() {
    return median(report -> seconds(report.gc()));
  }

  /** Work of just-in-time compilers, of all processes together. */
  public double compileSeconds() {
    return median(report -> seconds(report.compile()));
  }

  public long switches() {
    return Math.round(median(RunReport::switches));
  }

  /** The most of any repeat. */
  public long peakMemoryBytes() {
    return repeats.stream().mapToLong(RunReport::peakMemoryBytes).max().orElse(0);
  }

  public double rowsPerSecond() {
    return rows() / wallSeconds();
  }

  /** How many cores were busy on average. */
  public double coresBusy() {
    return cpuSeconds() / wallSeconds();
  }

  /** Half the distance of the slowest and the fastest repeat, relative to the median. */
  public double spread() {
    double[] walls = walls();
    java.util.Arrays.sort(walls);
    return (walls[walls.length - 1] - walls[0]) / 2 / wallSeconds();
  }

  /** How many times faster than {@code baseline}, by the medians. */
  public double speedup(Result baseline) {
    return baseline.wallSeconds() / wallSeconds();
  }

  /** The speed-up by worker. */
  public double efficiency(Result baseline) {
    return speedup(baseline) / variant.workers();
  }

  /** How much faster than {@code other}, round by round. */
  public Effect against(Result other) {
    return Effect.of(other.walls(), walls());
  }

  /** Wall seconds of each round. */
  public double[] walls() {
    return repeats.stream().mapToDouble(report -> seconds(report.wall())).toArray();
  }

  private double median(ToDoubleFunction<RunReport> figure) {
    return Medians.of(repeats.stream().mapToDouble(figure).toArray());
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
