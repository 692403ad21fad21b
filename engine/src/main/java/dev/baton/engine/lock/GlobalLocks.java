package dev.baton.engine.lock;

import java.time.Duration;

/** The locks of a run under one global lock. */
final class GlobalLocks implements Locks {
  private final GlobalLock lock;
  private final boolean releasedInKernels;

  GlobalLocks(Duration switchInterval, boolean releasedInKernels) {
    this(new SystemMonitor(), switchInterval, releasedInKernels);
  }

  GlobalLocks(Monitor monitor, Duration switchInterval, boolean releasedInKernels) {
    this.lock = new GlobalLock(monitor, switchInterval.toNanos());
    this.releasedInKernels = releasedInKernels;
  }

  @Override
  public GlobalWorker worker() {
    return new GlobalWorker(lock, releasedInKernels);
  }

  /**
   * No lock of its own, as shared objects are only touched by a worker that holds the global lock:
   * outside {@code enter} and {@code leave}, with no checkpoint and no wait in between.
   */
  @Override
  public ObjectLock object(String name) {
    return NoLocks.OBJECT;
  }

  @Override
  public boolean shared() {
    return true;
  }
}
