package dev.baton.engine.request;

import java.time.Duration;
import java.util.Objects;

/**
 * How to put up with a service that is slow, busy or broken.
 *
 * @param timeout how long to wait for one answer
 * @param retries how often to ask again after a failure that may pass: a time-out, a broken
 *     connection, a service that says it is busy
 * @param backoff how long to wait before the first repetition; each further one waits twice as
 *     long, at most a minute
 * @param limit the most questions in flight at once over all workers of a process; 0 for no limit
 *     but that of the mode
 * @param onFailure what becomes of a row without an answer: {@code fail} ends the run, {@code null}
 *     leaves the new column null
 */
public record RequestPolicy(
    Duration timeout, int retries, Duration backoff, int limit, OnFailure onFailure) {
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

  /** What becomes of a row without an answer. */
  public enum OnFailure {
    FAIL,
    NULL
  }

  public RequestPolicy {
    Objects.requireNonNull(onFailure, "onFailure");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive but was " + timeout);
    }
    if (retries < 0 || backoff.isNegative() || limit < 0) {
      throw new IllegalArgumentException(
          String.format(
              "retries, backoff and limit must not be negative but were %d, %s and %d",
              retries, backoff, limit));
    }
  }

  /**
   * Ten seconds a question, two repetitions after 100 and 200 ms, no limit, failures end the run.
   */
  public RequestPolicy() {
    this(Duration.ofSeconds(10), 2, Duration.ofMillis(100), 0, OnFailure.FAIL);
  }

  /** The same with another time-out. */
  public RequestPolicy withTimeout(Duration other) {
    return new RequestPolicy(other, retries, backoff, limit, onFailure);
  }

  /** How long to wait before asking again. */
  Duration backoff(int failures) {
    Duration wait = backoff.multipliedBy(1L << Math.min(failures - 1, 20));
    return wait.compareTo(LONGEST_BACKOFF) < 0 ? wait : LONGEST_BACKOFF;
  }
}
