package dev.baton.engine.lock;

/** The lock of one shared mutable object. */
public interface ObjectLock {
  /**
   * Waits for the object and holds it. While it waits, the worker gives up the global lock, if
   * there is one; the wait counts as the worker's lock wait.
   */
  void lock(WorkerLock worker);

  void unlock();
}
