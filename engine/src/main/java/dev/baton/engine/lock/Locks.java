package dev.baton.engine.lock;

/** The locks of one run in one process. Thread-safe. */
public interface Locks {
  /** Makes the handle of one worker thread. */
  WorkerLock worker();

  /**
   * Makes the lock of one shared mutable object; does nothing where the policy guards it already.
   *
   * @param name of the object, for messages
   */
  ObjectLock object(String name);

  /**
   * Whether workers share mutable objects, each guarded as the policy says. If not they share
   * nothing: every worker keeps state of its own, handed over and merged by one thread.
   */
  boolean shared();
}
