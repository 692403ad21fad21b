package dev.baton.engine.spi;

import dev.baton.engine.ExecutionMode;

/**
 * How an execution mode plugs in. Found with {@link java.util.ServiceLoader}; needs a public
 * constructor without parameters. Every engine has its own. Thread-safe.
 */
public interface Runner extends AutoCloseable {
  boolean runs(ExecutionMode mode);

  /** Starts to work on the splits of a job. The caller closes the execution. */
  <R extends AutoCloseable> Execution<R> start(Job<R> job, RunScope scope);

  /** Releases what it keeps between runs, when the engine is closed. */
  @Override
  default void close() {}
}
