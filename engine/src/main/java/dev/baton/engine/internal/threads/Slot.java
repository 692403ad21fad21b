package dev.baton.engine.internal.threads;

import dev.baton.engine.metrics.Account;
import dev.baton.engine.source.Split;
import dev.baton.engine.spi.RunScope;
import dev.baton.engine.spi.WorkerScope;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One entry of the ring: a split on its way to a worker, and its results on their way back. It
 * always has room for {@link #LEAST_ROOM} results, and for more while all slots of the ring
 * together hold few: so a split of many batches is streamed, not piled up, and yet its worker need
 * not stand still until the splits before are done. The worker of the first unfinished split always
 * finds room in the end, because its results are the ones being taken; so this bound cannot
 * deadlock.
 */
final class Slot<R extends AutoCloseable> {
  private static final int LEAST_ROOM = 2;

  /** How many results wait in all slots of the ring. */
  private final AtomicInteger waiting;

  private final int mostWaiting;
  private final Queue<R> results = new ArrayDeque<>();
  private Split split;
  private boolean finished;
  private Throwable failure;

  /**
   * @param waiting counts the results in all slots of the ring
   * @param mostWaiting about how many they may be, beyond those that each slot has room for
   */
  Slot(AtomicInteger waiting, int mostWaiting) {
    this.waiting = waiting;
    this.mostWaiting = mostWaiting;
  }

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
    add(result);
  }

  private synchronized boolean tryPut(R result) {
    if (isFull()) {
      return false;
    }
    add(result);
    return true;
  }

  private boolean isFull() {
    return results.size() >= LEAST_ROOM && waiting.get() >= mostWaiting;
  }

  private synchronized void add(R result) {
    results.add(result);
    waiting.incrementAndGet();
    notifyAll();
  }

  private synchronized void waitForRoom(RunScope run) throws InterruptedException {
    while (isFull() && !run.cancelled()) {
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
    R result = drain();
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

  /** Removes a result, or returns null when there is none. */
  synchronized R drain() {
    R result = results.poll();
    if (result != null) {
      waiting.decrementAndGet();
    }
    return result;
  }
}
