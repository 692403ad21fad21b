package dev.baton.engine.lock;

/**
 * The lock of one shared mutable object. Reentrant. A thread that holds one and waits for another
 * can deadlock with a thread that does it the other way round; {@link CriticalSections} cannot.
 */
public interface ObjectLock {
  /**
   * Waits for the object and holds it; the wait counts as the worker's lock wait.
   *
   * @throws DeadlockException when it would wait for ever, since the one who has it waits for what
   *     this thread has
   */
  void lock(WorkerLock worker);

  /** Holds the object if that is possible without waiting. */
  boolean tryLock();

  void unlock();

  /** Where the object comes in the order in which several are to be taken. */
  long order();
}
