package dev.baton.engine.lock;

import dev.baton.engine.metrics.LockWaitEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A lock that changes hands as CPython 3.12's global interpreter lock does ({@code take_gil} and
 * {@code drop_gil} in {@code Python/ceval_gil.c}).
 *
 * <ul>
 *   <li>A waiter waits for one switch interval at a time. If that ran out, no switch happened
 *       meanwhile and the lock is still held, it sets the drop request.
 *   <li>The holder looks at the request only at its checkpoints. When it drops the lock while a
 *       request is set, it waits until another worker has taken it (a forced switch). Without a
 *       request a release forces nothing, so the same worker may take the lock back at once.
 *   <li>A release wakes one waiter, the one that has waited longest, and hands nothing over: a
 *       newcomer may be quicker. Who finds the lock taken again, or has waited for an interval in
 *       vain, keeps its place among the waiters.
 *   <li>Taking the lock clears the request.
 * </ul>
 *
 * <p>CPython guards {@code last_holder} by a second mutex. One mutex for everything lets the same
 * hand-overs happen, since a thread that waits for a switch has given it up.
 */
final class GlobalLock {
  private final Monitor monitor;
  private final long intervalNanos;

  /** Written under the monitor's mutex, read at checkpoints without it. */
  private volatile boolean dropRequested;

  // The rest is guarded by the monitor's mutex.
  private boolean locked;

  /** Those who wait for the lock, in the order in which they came. */
  private final Deque<GlobalWorker> waiting = new ArrayDeque<>();

  private GlobalWorker lastHolder;
  private long switchNumber;

  GlobalLock(Monitor monitor, long intervalNanos) {
    this.monitor = monitor;
    this.intervalNanos = intervalNanos;
  }

  /** A place for a worker to wait for this lock. */
  Monitor.Place place() {
    return monitor.place();
  }

  boolean dropRequested() {
    return dropRequested;
  }

  /** Waits until {@code worker} holds the lock. */
  void take(GlobalWorker worker) {
    monitor.lock();
    try {
      if (locked) {
        awaitFree(worker);
      }
      locked = true;
      if (lastHolder != worker) {
        if (lastHolder != null) {
          worker.countSwitch();
        }
        lastHolder = worker;
        switchNumber++;
        monitor.signalSwitched();
      }
      if (dropRequested) {
        dropRequested = false;
      }
    } finally {
      monitor.unlock();
    }
  }

  private void awaitFree(GlobalWorker worker) {
    LockWaitEvent event = LockWaitEvent.global();
    long start = monitor.nanoTime();
    waiting.add(worker);
    try {
      while (locked) {
        long seen = switchNumber;
        boolean signalled = worker.place().await(intervalNanos);
        if (!signalled && locked && switchNumber == seen) {
          dropRequested = true;
        }
      }
    } finally {
      waiting.remove(worker);
    }
    worker.countWait(monitor.nanoTime() - start);
    event.commit();
  }

  /** Gives the lock up; if a drop was requested, waits until another worker has taken it. */
  void drop(GlobalWorker worker) {
    monitor.lock();
    try {
      locked = false;
      GlobalWorker next = waiting.peek();
      if (next != null) {
        next.place().signal();
      }
      // A request means that some waiter is still there, so this wait ends.
      if (dropRequested) {
        dropRequested = false;
        LockWaitEvent event = LockWaitEvent.global();
        long start = monitor.nanoTime();
        while (lastHolder == worker) {
          monitor.awaitSwitched();
        }
        worker.countWait(monitor.nanoTime() - start);
        event.commit();
      }
    } finally {
      monitor.unlock();
    }
  }

  // For tests, which stop every thread first.

  GlobalWorker lastHolder() {
    return lastHolder;
  }

  boolean locked() {
    return locked;
  }

  long switchNumber() {
    return switchNumber;
  }

  List<GlobalWorker> waiting() {
    return List.copyOf(waiting);
  }
}
