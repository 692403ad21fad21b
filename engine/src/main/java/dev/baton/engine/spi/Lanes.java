package dev.baton.engine.spi;

import dev.baton.engine.internal.threads.ThreadsExecution;

/**
 * Runs a job on one thread per worker, with order, back-pressure and failures as every mode has
 * them. For modes whose workers are elsewhere: the task that a lane opens talks to one of them.
 */
public final class Lanes {
  private Lanes() {}

  /** Starts as many lanes as the mode has workers. */
  public static <R extends AutoCloseable> Execution<R> start(Job<R> job, RunScope scope) {
    return new ThreadsExecution<>(job, scope);
  }
}
