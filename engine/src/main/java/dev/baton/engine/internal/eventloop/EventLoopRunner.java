package dev.baton.engine.internal.eventloop;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.spi.Execution;
import dev.baton.engine.spi.Job;
import dev.baton.engine.spi.RunScope;
import dev.baton.engine.spi.Runner;

/** Runs all operator code on one thread, which does not wait for one batch while it can go on. */
public final class EventLoopRunner implements Runner {
  @Override
  public boolean runs(ExecutionMode mode) {
    return mode instanceof ExecutionMode.EventLoop;
  }

  @Override
  public <R extends AutoCloseable> Execution<R> start(Job<R> job, RunScope scope) {
    return new EventLoop<>(job, scope);
  }
}
