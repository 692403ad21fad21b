package dev.baton.engine.internal.eventloop;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunCancelledException;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.Work;
import dev.baton.engine.request.InFlight;
import dev.baton.engine.source.Split;
import dev.baton.engine.spi.Execution;
import dev.baton.engine.spi.Job;
import dev.baton.engine.spi.Pending;
import dev.baton.engine.spi.RunScope;
import dev.baton.engine.spi.Task;
import dev.baton.engine.spi.WorkerScope;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Semaphore;

/**
 * One thread, that of the caller. A batch is taken through the steps until it has to wait for the
 * outside world; then it is set aside and the next one is begun, while there is room for more
 * requests. Batches pass each step in their order, so operators see what they see inline, and
 * results come in order.
 */
final class EventLoop<R extends AutoCloseable> implements Execution<R> {
  private final Job<R> job;
  private final RunScope scope;
  private final WorkerScope worker;
  private final InFlight requests;
  private final int inFlight;
  private final int mostUnderWay;
  private final Deque<UnderWay<R>> queue = new ArrayDeque<>();
  private final Semaphore signals = new Semaphore(0);
  private final Runnable wake = signals::release;
  private Task<R> task;
  private Iterator<? extends Split> splits;
  private Split split;
  private long sequence = -1;
  private boolean exhausted;

  EventLoop(Job<R> job, RunScope scope) {
    this.job = job;
    this.scope = scope;
    this.worker = scope.consumer();
    this.inFlight = ((ExecutionMode.EventLoop) scope.options().mode()).inFlight();
    this.requests = new InFlight(inFlight);
    this.mostUnderWay = scope.options().ringSlots();
    scope.onCancel(wake);
  }

  @Override
  public R next() {
    worker.acquire();
    try {
      return turn();
    } catch (Exception e) {
      throw PipelineException.wrap(e);
    } finally {
      worker.release();
    }
  }

  private R turn() throws Exception {
    if (task == null) {
      task = job.open(worker);
      splits = job.splits();
    }
    while (true) {
      scope.checkCancelled();
      if (signals.drainPermits() > 0) {
        resume();
      }
      UnderWay<R> head = queue.peek();
      if (head != null && head.waitsIn() == Pending.NOWHERE) {
        queue.remove();
        if (head.ended() != null) {
          scope.progress().splitDone(head.ended().bytes());
        }
        R result = head.take();
        if (result != null) {
          return result;
        }
      } else if (!exhausted && queue.size() < mostUnderWay && requests.pending() < inFlight) {
        launch();
      } else if (head == null) {
        return null;
      } else {
        await();
      }
    }
  }

  /** Takes on what has its answers, oldest first. */
  private void resume() {
    int ahead = Pending.NOWHERE;
    for (UnderWay<R> entry : queue) {
      entry.resume(ahead);
      ahead = Math.min(ahead, entry.waitsIn());
    }
  }

  private void launch() {
    try {
      if (split == null) {
        split = nextSplit();
        if (split == null) {
          exhausted = true;
          return;
        }
        task.start(split, ++sequence);
      }
      Pending<R> pending = task.launch(requests);
      if (pending != null) {
        queue.add(UnderWay.of(pending, wake));
      } else {
        queue.add(UnderWay.endOf(split));
        split = null;
      }
    } catch (Throwable e) {
      queue.add(UnderWay.failed(e));
      exhausted = true;
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

  /** Waits until something can go on. */
  private void await() throws Exception {
    try {
      worker.waiting(
          Account.IO,
          () -> {
            signals.acquire();
            return null;
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunCancelledException();
    }
    signals.release(); // for the loop to see
  }

  @Override
  public void close() {
    scope.removeOnCancel(wake);
    queue.forEach(UnderWay::close);
    queue.clear();
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
