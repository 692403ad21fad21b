package dev.baton.engine.spec;

import java.time.Duration;

/**
 * How a file wants to be run, as far as it says so: every component may be null, and the command
 * line overrides it.
 *
 * @param mode how to execute: {@code inline}, {@code threads}, {@code processes}
 * @param workers how many workers
 * @param inFlight for mode {@code event-loop}, how many questions may be under way at once
 * @param lock the lock policy: {@code global}, {@code global-released}, {@code per-object}, {@code
 *     none}
 * @param switchInterval how long a worker waits before it asks for the global lock
 * @param memory the most off-heap memory to use
 * @param ringSize how many batches may be on their way
 */
public record RunSettings(
    String mode,
    Integer workers,
    Integer inFlight,
    String lock,
    Duration switchInterval,
    ByteSize memory,
    Integer ringSize) {
  /** Nothing said. */
  public RunSettings() {
    this(null, null, null, null, null, null, null);
  }

  public RunSettings {
    positive("workers", workers);
    positive("in-flight", inFlight);
    positive("ring-size", ringSize);
  }

  private static void positive(String name, Integer value) {
    if (value != null && value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1 but was " + value);
    }
  }
}
