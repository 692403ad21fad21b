package dev.baton.engine.lock;

/**
 * The mutex, the two conditions and the clock under a {@link GlobalLock}, so that a test can decide
 * who runs next and when a wait has timed out. Every wait ignores interrupts but keeps the flag.
 */
interface Monitor {
  void lock();

  void unlock();

  /**
   * Gives the mutex up until {@link #signalFree} or until {@code nanos} have passed, then takes it
   * back.
   *
   * @return whether it was signalled; false after a time-out
   */
  boolean awaitFree(long nanos);

  /** Wakes one thread that waits in {@link #awaitFree}; needs the mutex. */
  void signalFree();

  /** Gives the mutex up until {@link #signalSwitched}, then takes it back. */
  void awaitSwitched();

  /** Wakes the thread that waits in {@link #awaitSwitched}; needs the mutex. */
  void signalSwitched();

  long nanoTime();
}
