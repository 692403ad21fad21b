package dev.baton.engine.lock;

/**
 * The mutex, the places to wait and the clock under a {@link GlobalLock}, so that a test can decide
 * who runs next and when a wait has timed out. Every wait ignores interrupts but keeps the flag.
 */
interface Monitor {
  void lock();

  void unlock();

  /** Makes a place where one worker waits for a free lock. */
  Place place();

  /** Gives the mutex up until {@link #signalSwitched}, then takes it back. */
  void awaitSwitched();

  /** Wakes the thread that waits in {@link #awaitSwitched}; needs the mutex. */
  void signalSwitched();

  long nanoTime();

  /** Where one worker waits. */
  interface Place {
    /**
     * Gives the mutex up until {@link #signal} or until {@code nanos} have passed, then takes it
     * back.
     *
     * @return whether it was signalled; false after a time-out
     */
    boolean await(long nanos);

    /** Wakes the worker if it waits here right now; needs the mutex. */
    void signal();
  }
}
