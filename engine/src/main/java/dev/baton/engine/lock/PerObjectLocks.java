package dev.baton.engine.lock;

import java.util.concurrent.locks.ReentrantLock;

/** A lock for every shared mutable object and none around everything. */
@SuppressWarnings("NonAtomicVolatileUpdate") // each counter has one writer
final class PerObjectLocks implements Locks {
  @Override
  public WorkerLock worker() {
    return new Worker();
  }

  @Override
  public ObjectLock object() {
    return new Guard();
  }

  @Override
  public boolean shared() {
    return true;
  }

  private static final class Worker extends NoLocks.Worker {
    /** Only the worker's own thread writes it, so a volatile sum loses nothing. */
    private volatile long waitNanos;

    @Override
    public long waitNanos() {
      return waitNanos;
    }
  }

  /** Reentrant; reads the clock only when it has to wait. */
  private static final class Guard implements ObjectLock {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    public void lock(WorkerLock worker) {
      if (lock.tryLock()) {
        return;
      }
      Worker waiting = (Worker) worker;
      long start = System.nanoTime();
      lock.lock();
      waiting.waitNanos += System.nanoTime() - start;
    }

    @Override
    public void unlock() {
      lock.unlock();
    }
  }
}
