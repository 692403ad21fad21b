package dev.baton.engine.testkit;

import java.time.Duration;

/**
 * A watch for bounds in tests, looked at again and again, that does not go on while the machine
 * stands still or does other work: of the time between two looks it counts at most {@link #GAP}.
 * Code that is late by itself is late by this watch too. Confined to one thread.
 */
public final class Watch {
  /** More than looking takes, less than the turn of another program. */
  private static final Duration GAP = Duration.ofMillis(2);

  private long last = System.nanoTime();
  private long passed;

  /** The time since the watch was made; lets other threads go first. */
  @SuppressWarnings("ThreadPriorityCheck") // who looks all the while is to take little of the core
  public Duration passed() {
    Thread.yield();
    long now = System.nanoTime();
    passed += Math.min(now - last, GAP.toNanos());
    last = now;
    return Duration.ofNanos(passed);
  }
}
