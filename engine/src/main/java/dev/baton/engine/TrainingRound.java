package dev.baton.engine;

import java.time.Instant;
import java.util.Objects;

/**
 * One fit that a {@link FittedPipeline} has been through.
 *
 * @param date when it ended, by the engine's clock
 * @param source what it read, in a line for people
 * @param rows how many rows that were; 0 when nothing had to see data
 * @param version the version of Baton that did it
 */
public record TrainingRound(Instant date, String source, long rows, String version) {
  public TrainingRound {
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(version, "version");
  }
}
