package dev.baton.engine;

import java.time.Duration;

/**
 * How far a run has come.
 *
 * @param pass the pass over the source under way, from 1
 * @param passes how many there will be as far as known: fit passes and the last one
 * @param rows rows read in this pass
 * @param bytes bytes of the source dealt with in this pass
 * @param totalBytes bytes of the source, or -1 when unknown
 * @param elapsed since this pass began
 */
public record Progress(
    int pass, int passes, long rows, long bytes, long totalBytes, Duration elapsed) {
  /** The share of this pass that is done, 0 to 1, or -1 when unknown. */
  public double fraction() {
    return totalBytes <= 0 ? -1 : Math.min(1, (double) bytes / totalBytes);
  }

  /** Rows a second in this pass so far. */
  public double rowsPerSecond() {
    double seconds = elapsed.toNanos() / 1e9;
    return seconds > 0 ? rows / seconds : 0;
  }

  /** How long this pass will still take at its pace so far, or null when unknown. */
  public Duration remaining() {
    double done = fraction();
    return done <= 0 ? null : Duration.ofNanos((long) (elapsed.toNanos() * (1 - done) / done));
  }
}
