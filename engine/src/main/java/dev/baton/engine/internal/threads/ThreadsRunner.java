package dev.baton.engine.internal.threads;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.spi.Execution;
import dev.baton.engine.spi.Job;
import dev.baton.engine.spi.RunScope;
import dev.baton.engine.spi.Runner;

/** Runs jobs on worker threads behind a Disruptor ring. */
public final class ThreadsRunner implements Runner {
  @Override
  public boolean runs(ExecutionMode mode) {
    return mode instanceof ExecutionMode.Threads;
  }

  @Override
  public <R extends AutoCloseable> Execution<R> start(Job<R> job, RunScope scope) {
    return new ThreadsExecution<>(job, scope);
  }
}
