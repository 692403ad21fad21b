package dev.baton.engine.lock;

import dev.baton.engine.metrics.LockWaitEvent;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of an object under {@link LockPolicy.PerObject}. Reads the clock, and looks for a
 * deadlock, only when it has to wait.
 */
final class Guard implements ObjectLock {
  /** Stands in for CPython's order by address. */
  private static final AtomicLong MADE = new AtomicLong();

  private final String name;
  private final WaitGraph graph;
  private final long order = MADE.incrementAndGet();
  private final Mutex mutex = new Mutex();

  Guard(String name, WaitGraph graph) {
    this.name = name;
    this.graph = graph;
  }

  @Override
  public void lock(WorkerLock worker) {
    if (mutex.tryLock()) {
      return;
    }
    PerObjectLocks.Worker waiting = (PerObjectLocks.Worker) worker;
    LockWaitEvent event = LockWaitEvent.object();
    long start = System.nanoTime();
    graph.waits(this);
    try {
      mutex.lock();
    } finally {
      graph.waitsNoMore();
    }
    waiting.countWait(System.nanoTime() - start);
    event.commit();
  }

  @Override
  public boolean tryLock() {
    return mutex.tryLock();
  }

  @Override
  public void unlock() {
    mutex.unlock();
  }

  @Override
  public long order() {
    return order;
  }

  /** Who holds it, as far as can be told at the moment, or null. */
  Thread owner() {
    return mutex.owner();
  }

  @Override
  public String toString() {
    return "'" + name + "'";
  }

  /** Tells who holds it. */
  private static final class Mutex extends ReentrantLock {
    private static final long serialVersionUID = 1;

    Thread owner() {
      return getOwner();
    }
  }
}
