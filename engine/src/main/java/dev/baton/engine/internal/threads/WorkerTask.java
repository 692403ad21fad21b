package dev.baton.engine.internal.threads;

import dev.baton.engine.PipelineException;
import dev.baton.engine.spi.Job;
import dev.baton.engine.spi.Task;
import dev.baton.engine.spi.WorkerScope;
import java.io.IOException;

/**
 * A worker's task, opened when it first has work to do, so that its failure has a split to name.
 */
final class WorkerTask<R extends AutoCloseable> implements AutoCloseable {
  private final Job<R> job;
  private final WorkerScope worker;
  private Task<R> task;

  WorkerTask(Job<R> job, WorkerScope worker) {
    this.job = job;
    this.worker = worker;
  }

  Task<R> get() throws Exception {
    if (task == null) {
      task = job.open(worker);
    }
    return task;
  }

  @Override
  public void close() {
    if (task != null) {
      try {
        task.close();
      } catch (IOException e) {
        throw PipelineException.wrap(e);
      }
    }
  }
}
