package dev.baton.engine.lock;

import dev.baton.engine.operator.Nature;

/** One worker's side of a {@link GlobalLock}. */
@SuppressWarnings("NonAtomicVolatileUpdate") // each counter has one writer
final class GlobalWorker implements WorkerLock {
  private final GlobalLock lock;
  private final boolean releasedInKernels;
  private final Monitor.Place place;

  /** Between {@link #acquire} and {@link #release}. */
  private boolean active;

  /** Between {@link #enter} and {@link #leave}, if the lock was given up. */
  private boolean outside;

  // Only the worker's own thread writes these, so a volatile sum loses nothing.
  private volatile long waitNanos;
  private volatile long switches;

  GlobalWorker(GlobalLock lock, boolean releasedInKernels) {
    this.lock = lock;
    this.releasedInKernels = releasedInKernels;
    this.place = lock.place();
  }

  /** Where it waits for the lock. */
  Monitor.Place place() {
    return place;
  }

  @Override
  public void acquire() {
    if (active) {
      throw new IllegalStateException("the worker holds the lock already; release() it first");
    }
    if (!outside) {
      lock.take(this);
    }
    active = true;
  }

  /** Inside released work there is nothing to give up, so that a kernel may wait there too. */
  @Override
  public void release() {
    if (!active) {
      throw new IllegalStateException("the worker does not hold the lock; acquire() it first");
    }
    active = false;
    if (!outside) {
      lock.drop(this);
    }
  }

  @Override
  public void checkpoint() {
    if (lock.dropRequested() && active && !outside) {
      lock.drop(this);
      lock.take(this);
    }
  }

  @Override
  public boolean enter(Nature nature) {
    if (!active) {
      throw new IllegalStateException("a stage starts without the lock; acquire() it first");
    }
    if (!releasedInKernels || nature != Nature.COLUMNAR || outside) {
      return false;
    }
    outside = true;
    lock.drop(this);
    return true;
  }

  @Override
  public void leave(boolean released) {
    if (!released) {
      return;
    }
    if (!active || !outside) {
      throw new IllegalStateException("leave() without enter(), or while the worker waits");
    }
    lock.take(this);
    outside = false;
  }

  @Override
  public long waitNanos() {
    return waitNanos;
  }

  @Override
  public long switches() {
    return switches;
  }

  void countWait(long nanos) {
    waitNanos += nanos;
  }

  void countSwitch() {
    switches++;
  }
}
