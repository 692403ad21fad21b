package dev.baton.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Lets a run be continued that was killed or has failed: what it has committed, and what it has
 * fitted, is kept in a folder until the run is complete.
 *
 * @param folder of this run alone, on the file system of its output; made when it is not there, and
 *     removed when the run is complete
 * @param every how often what was committed is brought to disk, at the end of a split; so much work
 *     may be done again
 */
public record Resume(Path folder, Duration every) {
  public Resume {
    Objects.requireNonNull(folder, "folder");
    if (every.isNegative()) {
      throw new IllegalArgumentException("every must not be negative but was " + every);
    }
  }

  /** Once a second. */
  public Resume(Path folder) {
    this(folder, Duration.ofSeconds(1));
  }
}
