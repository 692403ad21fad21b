package dev.baton.engine.internal.score;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets calls in until it is closed, and runs an action once: when it is closed and the last call
 * has left. Nobody waits. Thread-safe.
 */
final class Gate {
  private static final int CLOSED = Integer.MIN_VALUE / 2;

  private final Runnable afterLast;

  /** How many calls are under way; below zero once it is closed. */
  private final AtomicInteger users = new AtomicInteger();

  private final AtomicBoolean done = new AtomicBoolean();

  Gate(Runnable afterLast) {
    this.afterLast = afterLast;
  }

  /** Whether the call was let in; it must {@link #leave} then. */
  boolean enter() {
    if (users.incrementAndGet() <= 0) {
      leave();
      return false;
    }
    return true;
  }

  void leave() {
    if (users.decrementAndGet() == CLOSED) {
      finish();
    }
  }

  /** Lets nobody in any more. */
  void close() {
    int before = users.getAndAccumulate(CLOSED, (now, closed) -> now < 0 ? now : now + closed);
    if (before == 0) {
      finish();
    }
  }

  private void finish() {
    // A call that came too late may be the one that finds nobody left, besides the one that closed.
    if (done.compareAndSet(false, true)) {
      afterLast.run();
    }
  }
}
