package dev.baton.engine.lock;

import dev.baton.engine.operator.Nature;

/** Locks that do nothing, for workers that share nothing. */
final class NoLocks implements Locks {
  /** An object lock for objects that something else guards, or that only one worker sees. */
  static final ObjectLock OBJECT =
      new ObjectLock() {
        @Override
        public void lock(WorkerLock worker) {}

        @Override
        public boolean tryLock() {
          return true;
        }

        @Override
        public void unlock() {}

        @Override
        public long order() {
          return 0;
        }
      };

  @Override
  public WorkerLock worker() {
    return new Worker();
  }

  @Override
  public ObjectLock object(String name) {
    return OBJECT;
  }

  @Override
  public boolean shared() {
    return false;
  }

  /** A worker that never waits for the global lock, since there is none. */
  static class Worker implements WorkerLock {
    @Override
    public void acquire() {}

    @Override
    public void release() {}

    @Override
    public void checkpoint() {}

    @Override
    public boolean enter(Nature nature) {
      return false;
    }

    @Override
    public void leave(boolean released) {}

    @Override
    public long waitNanos() {
      return 0;
    }

    @Override
    public long switches() {
      return 0;
    }
  }
}
