package dev.baton.cli.lab;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Benches whose clock goes on by a millisecond whenever somebody looks at it, so that what is
 * measured ends after so many looks, however slow the machine. The figures mean nothing.
 */
final class Ticks {
  private static final long TICK_NANOS = 1_000_000;

  private Ticks() {}

  /** One round of runs that end after so many looks. */
  static Bench bench(int looks) {
    AtomicLong nanos = new AtomicLong();
    return new Bench(
        Duration.ofMillis(looks), 1, 2, Duration.ZERO, () -> nanos.addAndGet(TICK_NANOS));
  }
}
