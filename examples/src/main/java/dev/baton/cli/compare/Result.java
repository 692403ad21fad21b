package dev.baton.cli.compare;

import dev.baton.engine.RunReport;
import java.time.Duration;
import java.util.ArrayList;
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
    double[] walls = repeats.stream().mapToDouble(r -> seconds(r.wall())).sorted().toArray();
    return (walls[walls.length - 1] - walls[0]) / 2 / wallSeconds();
  }

  /** How many times faster than {@code baseline}. */
  public double speedup(Result baseline) {
    return baseline.wallSeconds() / wallSeconds();
  }

  private double median(ToDoubleFunction<RunReport> figure) {
    double[] sorted = repeats.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
