package dev.baton.engine.internal.threads;

import java.util.concurrent.atomic.AtomicLong;

/** Hands out the sequences of a ring, each to one worker and none left out. Thread-safe. */
final class Claims {
  /** What {@link #early} returns when there is nothing to claim. */
  static final long NONE = -1;

  private final AtomicLong next = new AtomicLong();

  /** The next sequence, which may not be published yet. */
  long next() {
    return next.getAndIncrement();
  }

  /** The next sequence if it is at most {@code published}, or {@link #NONE}. */
  long early(long published) {
    while (true) {
      long claim = next.get();
      if (claim > published) {
        return NONE;
      }
      if (next.compareAndSet(claim, claim + 1)) {
        return claim;
      }
    }
  }
}
