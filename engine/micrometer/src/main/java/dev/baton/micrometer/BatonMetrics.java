package dev.baton.micrometer;

import dev.baton.engine.Progress;
import dev.baton.engine.RunCancelledException;
import dev.baton.engine.RunListener;
import dev.baton.engine.RunReport;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.TimeLedger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps meters of the runs of engines, as docs/profiling.md lists them. Thread-safe; one can listen
 * to several engines.
 *
 * <pre>{@code
 * engine.listen(new BatonMetrics(registry));
 * }</pre>
 */
public final class BatonMetrics implements RunListener {
  private static final double NANOS = 1e9;

  private final MeterRegistry registry;
  private final Map<Run, Long> active = new ConcurrentHashMap<>();
  private final AtomicLong peakMemory = new AtomicLong();

  /** Makes the gauges at once, and counters and timers when there is something to count. */
  public BatonMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("baton.runs.active", active, Map::size)
        .description("Runs under way")
        .register(registry);
    Gauge.builder("baton.progress.rows", this, BatonMetrics::rowsSoFar)
        .description("Rows that runs under way have read in their present pass")
        .baseUnit(BaseUnits.ROWS)
        .register(registry);
    Gauge.builder("baton.progress.fraction", this, BatonMetrics::leastDone)
        .description("What the run under way that is least done has done of its pass, 0 to 1")
        .register(registry);
    Gauge.builder("baton.memory.peak", peakMemory, AtomicLong::get)
        .description("Peak memory of the last run")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
  }

  private double rowsSoFar() {
    return active.keySet().stream().mapToLong(run -> run.progress().get().rows()).sum();
  }

  /** Not a number when no run under way knows. */
  private double leastDone() {
    return active.keySet().stream()
        .map(run -> run.progress().get())
        .mapToDouble(Progress::fraction)
        .filter(fraction -> fraction >= 0)
        .min()
        .orElse(Double.NaN);
  }

  @Override
  public void started(Run run) {
    active.put(run, System.nanoTime());
  }

  @Override
  public void ended(Run run, RunReport report) {
    active.remove(run);
    timer(run, "completed").record(report.wall());
    Tags tags = tags(run);
    count("baton.rows.read", BaseUnits.ROWS, tags, report.rowsIn());
    count("baton.rows.written", BaseUnits.ROWS, tags, report.rowsOut());
    count("baton.bytes.written", BaseUnits.BYTES, tags, report.bytesOut());
    count("baton.bytes.between.processes", BaseUnits.BYTES, tags, report.ipcBytes());
    count("baton.lock.switches", "switches", tags, report.switches());
    count("baton.lock.wait", "seconds", tags, seconds(report.lockWait()));
    count("baton.cpu", "seconds", tags, seconds(report.cpu()));
    count("baton.gc.pause", "seconds", tags, seconds(report.gc()));
    report.ledger().workers().forEach(worker -> countTimes(worker, tags));
    peakMemory.set(report.peakMemoryBytes());
  }

  private void countTimes(TimeLedger.Worker worker, Tags tags) {
    for (Map.Entry<Account, Duration> entry : worker.times().byAccount().entrySet()) {
      Tags all = tags.and("role", worker.role().id(), "account", entry.getKey().id());
      count("baton.worker.time", "seconds", all, seconds(entry.getValue()));
    }
  }

  @Override
  public void failed(Run run, Throwable failure) {
    Long started = active.remove(run);
    boolean cancelled = failure instanceof RunCancelledException;
    timer(run, cancelled ? "cancelled" : "failed")
        .record(started == null ? 0 : System.nanoTime() - started, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Run run, String outcome) {
    return Timer.builder("baton.run")
        .description("Wall time of runs")
        .tags(tags(run).and("outcome", outcome))
        .register(registry);
  }

  private static Tags tags(Run run) {
    return Tags.of("mode", run.options().mode().id(), "lock", run.options().lock().id());
  }

  private void count(String name, String unit, Tags tags, double amount) {
    Counter.builder(name).baseUnit(unit).tags(tags).register(registry).increment(amount);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / NANOS;
  }
}
