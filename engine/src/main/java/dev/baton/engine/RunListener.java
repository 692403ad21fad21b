package dev.baton.engine;

import java.util.function.Supplier;

/**
 * Is told of the runs of an engine, see {@link Engine#listen}: what {@link Engine#run} and {@link
 * Engine#submit} start. Called on the threads of the runs, several at once perhaps; the run waits
 * meanwhile, and fails when a listener throws.
 */
public interface RunListener {
  /**
   * A run under way.
   *
   * @param number of the run in this process, from 1
   * @param progress may be asked at any time by any thread, also after the end
   */
  record Run(long number, RunOptions options, Supplier<Progress> progress) {}

  /** A run was started. */
  default void started(Run run) {}

  /** A run was completed. */
  default void ended(Run run, RunReport report) {}

  /** A run failed, or was cancelled: then {@code failure} is a {@link RunCancelledException}. */
  default void failed(Run run, Throwable failure) {}
}
