package dev.baton.engine.internal.threads;

import dev.baton.engine.metrics.Account;
import dev.baton.engine.source.Split;
import dev.baton.engine.spi.RunScope;
import dev.baton.engine.spi.WorkerScope;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One entry of the ring: a split on its way to a worker, and its results on their way back. It
 * holds at most {@link #CAPACITY} results, so a split of many batches is streamed, not piled up.
 * The worker of the first unfinished split always finds room in the end, because its results are
 * the ones being taken; so this bound cannot deadlock.
 */
final class Slot<R extends AutoCloseable> {
  private static final int CAPACITY = 2;

  private final Queue<R> results = new ArrayDeque<>(CAPACITY);
  private Split split;
  private boolean finished;
  private Throwable failure;

  /** Loads the slot before it is published. */
  void load(Split next) {
    split = next;
    finished = false;
    failure = null;
  }

  /** Lets go of the split, which may hold memory, when nobody needs it any more. */
  void clear() {
    split = null;
  }

  Split split() {
    return split;
  }

  /** Adds a result, waiting for room without the global lock. */
  void put(R result, WorkerScope worker) throws InterruptedException {
    if (tryPut(result)) {
      return;
    }
    worker.release();
    int before = worker.clock().account(Account.BACK_PRESSURE);
    try {
      waitForRoom(worker.run());
    } finally {
      worker.clock().back(before);
      worker.acquire();
    }
    // Only this worker adds, so there still is room, or the run is cancelled and bounds are moot.
    synchronized (this) {
      results.add(result);
      notifyAll();
    }
  }

  private synchronized boolean tryPut(R result) {
    if (results.size() >= CAPACITY) {
      return false;
    }
    results.add(result);
    notifyAll();
    return true;
  }

  private synchronized void waitForRoom(RunScope run) throws InterruptedException {
    while (results.size() >= CAPACITY && !run.cancelled()) {
      wait();
    }
  }

  /** Whether all results so far have been taken. */
  synchronized boolean isEmpty() {
    return results.isEmpty();
  }

  /** Says that the split will have no more results. */
  synchronized void finish() {
    finished = true;
    notifyAll();
  }

  /** Says that the split failed. */
  synchronized void fail(Throwable e) {
    failure = e;
    finish();
  }

  /** Waits for the next result; null when the split has no more. */
  synchronized R take(RunScope run) throws InterruptedException {
    while (results.isEmpty() && !finished) {
      run.checkCancelled();
      wait();
    }
    R result = results.poll();
    notifyAll();
    return result;
  }

  /** Why the split failed, or null. */
  synchronized Throwable failure() {
    return failure;
  }

  /** Makes every wait look again whether the run was cancelled. */
  synchronized void wake() {
    notifyAll();
  }

  /** Removes a result that nobody will take, or returns null. */
  synchronized R drain() {
    return results.poll();
  }
}
