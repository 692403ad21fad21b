package dev.baton.engine.internal.inline;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.PipelineException;
import dev.baton.engine.metrics.Work;
import dev.baton.engine.source.Split;
import dev.baton.engine.spi.Execution;
import dev.baton.engine.spi.Job;
import dev.baton.engine.spi.RunScope;
import dev.baton.engine.spi.Runner;
import dev.baton.engine.spi.Task;
import dev.baton.engine.spi.WorkerScope;
import java.io.IOException;
import java.util.Iterator;

/** Runs everything on the thread that asks for results. */
public final class InlineRunner implements Runner {
  @Override
  public boolean runs(ExecutionMode mode) {
    return mode instanceof ExecutionMode.Inline;
  }

  @Override
  public <R extends AutoCloseable> Execution<R> start(Job<R> job, RunScope scope) {
    return new InlineExecution<>(job, scope);
  }

  private static final class InlineExecution<R extends AutoCloseable> implements Execution<R> {
    private final Job<R> job;
    private final RunScope scope;
    private final WorkerScope worker;
    private Task<R> task;
    private Iterator<? extends Split> splits;
    private Split split;
    private long sequence = -1;

    InlineExecution(Job<R> job, RunScope scope) {
      this.job = job;
      this.scope = scope;
      this.worker = scope.consumer();
    }

    @Override
    public R next() {
      worker.acquire();
      try {
        return work();
      } catch (Exception e) {
        throw PipelineException.wrap(e);
      } finally {
        worker.release();
      }
    }

    private R work() throws Exception {
      if (task == null) {
        task = job.open(worker);
        splits = job.splits();
      }
      while (true) {
        scope.checkCancelled();
        if (split == null) {
          split = nextSplit();
          if (split == null) {
            return null;
          }
          task.start(split, ++sequence);
        }
        R result = task.next();
        if (result != null) {
          return result;
        }
        scope.progress().splitDone(split.bytes());
        split = null;
      }
    }

    private Split nextSplit() {
      int before = worker.clock().enter(Work.DECODE);
      try {
        return splits.hasNext() ? splits.next() : null;
      } finally {
        worker.clock().back(before);
      }
    }

    @Override
    public void close() {
      Task<R> open = task;
      task = null;
      if (open != null) {
        try {
          open.close();
        } catch (IOException e) {
          throw PipelineException.wrap(e);
        }
      }
    }
  }
}
