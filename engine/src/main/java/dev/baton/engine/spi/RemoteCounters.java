package dev.baton.engine.spi;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What a run has taken in other processes and between them. Thread-safe. */
public final class RemoteCounters {
  private final LongAdder cpuNanos = new LongAdder();
  private final LongAdder lockWaitNanos = new LongAdder();
  private final LongAdder switches = new LongAdder();
  private final LongAdder ipcBytes = new LongAdder();
  private final LongAdder ipcNanos = new LongAdder();
  private final LongAccumulator startupNanos = new LongAccumulator(Math::max, 0);
  private final AtomicLong peakMemoryBytes = new AtomicLong();

  public void addCpu(Duration used) {
    cpuNanos.add(used.toNanos());
  }

  /** Adds what the locks of a worker process have counted. */
  public void addLocks(long waitNanos, long switched) {
    lockWaitNanos.add(waitNanos);
    switches.add(switched);
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

  /** Notes the memory that all processes of the run took together at one moment. */
  public void memory(long bytes) {
    peakMemoryBytes.accumulateAndGet(bytes, Math::max);
  }

  public Duration cpu() {
    return Duration.ofNanos(cpuNanos.sum());
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
