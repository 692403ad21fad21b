package dev.baton.cli.predict;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.RunReport;
import dev.baton.engine.lock.LockPolicy;
import java.util.List;

/**
 * Measured runs that differ only in the number of workers.
 *
 * @param name of what they have in common
 * @param measured by number of workers, the fewest first
 */
public record Series(String name, LockPolicy lock, List<Measured> measured) {
  public Series {
    measured = List.copyOf(measured);
  }

  /**
   * The measured runs with one number of workers.
   *
   * @param baseline wall seconds of the baseline in the same rounds
   * @param rounds what was measured, round by round
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Measured(ExecutionMode mode, double[] baseline, List<RunReport> rounds) {
    public Measured {
      rounds = List.copyOf(rounds);
    }

    int workers() {
      return mode.workers();
    }
  }
}
