package dev.baton.engine.spi;

import dev.baton.engine.request.InFlight;
import dev.baton.engine.source.Split;
import java.io.IOException;

/** One worker's part of a job. Confined to the worker's thread. */
public interface Task<R extends AutoCloseable> extends AutoCloseable {
  /** Starts on a split; {@code sequence} is its place among all splits, from 0. */
  void start(Split split, long sequence) throws Exception;

  /**
   * How many splits after the present one {@link #prepare} may name now; asked after each result.
   */
  default int looksAhead() {
    return 0;
  }

  /**
   * Says which split will be started after those named before, while the present one is under way.
   */
  default void prepare(Split split, long sequence) throws Exception {}

  /** The next result of the split, which the caller closes, or null at its end. */
  R next() throws Exception;

  /**
   * For an event loop, instead of {@link #next}: begins with the next result of the split and goes
   * as far as it can without waiting for the outside world; null at the split's end. The next split
   * may be started before results that were launched are there.
   *
   * @param requests bounds what all results have under way together
   */
  default Pending<R> launch(InFlight requests) throws Exception {
    R result = next();
    return result == null ? null : Pending.of(result);
  }

  @Override
  void close() throws IOException;
}
