package dev.baton.engine.lock;

/** A lock for every shared mutable object and none around everything. */
final class PerObjectLocks implements Locks {
  private final WaitGraph graph = new WaitGraph();

  @Override
  public WorkerLock worker() {
    return new Worker();
  }

  @Override
  public ObjectLock object(String name) {
    return new Guard(name, graph);
  }

  @Override
  public boolean shared() {
    return true;
  }

  /** A worker that waits for objects only. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // there is one writer
  static final class Worker extends NoLocks.Worker {
    /** Only the worker's own thread writes it, so a volatile sum loses nothing. */
    private volatile long waitNanos;

    @Override
    public long waitNanos() {
      return waitNanos;
    }

    void countWait(long nanos) {
      waitNanos += nanos;
    }
  }
}
