package dev.baton.engine.request;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/**
 * Bounds how many questions are under way at once, for threads that wait and for callbacks that do
 * not. First come, first served. Thread-safe.
 */
public final class InFlight {
  private final int limit;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int taken;
  private boolean granting;

  /**
   * @param limit the most at once; 0 for no limit
   */
  public InFlight(int limit) {
    this.limit = limit == 0 ? Integer.MAX_VALUE : limit;
  }

  /** Runs {@code action} as soon as there is room, now perhaps; it must {@link #release} later. */
  public void acquire(Runnable action) {
    synchronized (this) {
      waiting.add(action);
    }
    grant();
  }

  /** Waits for room. */
  public void acquire() throws InterruptedException {
    CountDownLatch granted = new CountDownLatch(1);
    Runnable grant = granted::countDown;
    acquire(grant);
    try {
      granted.await();
    } catch (InterruptedException e) {
      if (!forget(grant)) {
        release(); // it was granted just now
      }
      throw e;
    }
  }

  private synchronized boolean forget(Runnable action) {
    return waiting.remove(action);
  }

  /** Makes room for another. */
  public void release() {
    synchronized (this) {
      taken--;
    }
    grant();
  }

  /** How many are under way or wait for room. */
  public synchronized int pending() {
    return taken + waiting.size();
  }

  /**
   * Starts what there is room for. An action may release at once, so starting is not nested:
   * whoever is at it already starts the next one too.
   */
  private void grant() {
    while (true) {
      Runnable next;
      synchronized (this) {
        if (granting || taken >= limit || waiting.isEmpty()) {
          return;
        }
        granting = true;
        taken++;
        next = waiting.poll();
      }
      try {
        next.run();
      } finally {
        synchronized (this) {
          granting = false;
        }
      }
    }
  }
}
