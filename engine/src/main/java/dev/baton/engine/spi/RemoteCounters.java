package dev.baton.engine.spi;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What a run has taken in other processes and between them. Thread-safe. */
public final class RemoteCounters {
  private final LongAdder cpuNanos = new LongAdder();
  private final LongAdder lockWaitNanos = new LongAdder();
  private final LongAdder switches = new LongAdder();
  private final LongAdder gcNanos = new LongAdder();
  private final LongAdder compileNanos = new LongAdder();
  private final LongAdder ipcBytes = new LongAdder();
  private final LongAdder ipcNanos = new LongAdder();
  private final LongAccumulator startupNanos = new LongAccumulator(Math::max, 0);
  private final AtomicLong largestResident = new AtomicLong();
  private final AtomicLong peakMemoryBytes = new AtomicLong();

  public void addCpu(Duration used) {
    cpuNanos.add(used.toNanos());
  }

  /** Adds what the locks of a worker process have counted. */
  public void addLocks(long waitNanos, long switched) {
    lockWaitNanos.add(waitNanos);
    switches.add(switched);
  }

  /** Adds pauses of a worker process's collector. */
  public void addGc(Duration paused) {
    gcNanos.add(paused.toNanos());
  }

  /** Adds what the compilers of a worker process have worked. */
  public void addCompile(Duration worked) {
    compileNanos.add(worked.toNanos());
  }

  /** Adds bytes that crossed between processes and the time it took to hand them over. */
  public void addIpc(long bytes, long nanos) {
    ipcBytes.add(bytes);
    ipcNanos.add(nanos);
  }

  /**
   * Notes how long a worker took to be ready; workers start side by side, so the longest counts.
   */
  public void startedIn(Duration startup) {
    startupNanos.accumulate(startup.toNanos());
  }

  /**
   * Notes the memory that all processes of the run take together at this moment.
   *
   * @param resident an estimate that is cheap to have
   * @param exact asked for the figure itself when the estimate has grown
   */
  public void memory(long resident, LongSupplier exact) {
    long before = largestResident.get();
    if (resident > before + before / 20 && largestResident.compareAndSet(before, resident)) {
      peakMemoryBytes.accumulateAndGet(exact.getAsLong(), Math::max);
    }
  }

  public Duration cpu() {
    return Duration.ofNanos(cpuNanos.sum());
  }

  public Duration gc() {
    return Duration.ofNanos(gcNanos.sum());
  }

  public Duration compile() {
    return Duration.ofNanos(compileNanos.sum());
  }

  public long lockWaitNanos() {
    return lockWaitNanos.sum();
  }

  public long switches() {
    return switches.sum();
  }

  public long ipcBytes() {
    return ipcBytes.sum();
  }

  public Duration ipc() {
    return Duration.ofNanos(ipcNanos.sum());
  }

  public Duration startup() {
    return Duration.ofNanos(startupNanos.get());
  }

  /** 0 when nobody has looked. */
  public long peakMemoryBytes() {
    return peakMemoryBytes.get();
  }
}
