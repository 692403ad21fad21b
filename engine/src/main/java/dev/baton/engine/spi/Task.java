package dev.baton.engine.spi;

import dev.baton.engine.source.Split;
import java.io.IOException;

/** One worker's part of a job. Confined to the worker's thread. */
public interface Task<R extends AutoCloseable> extends AutoCloseable {
  /** Starts on a split; {@code sequence} is its place among all splits, from 0. */
  void start(Split split, long sequence) throws Exception;

  /**
   * Whether {@link #prepare} is of use, so that a worker takes the split after the one it works on
   * early.
   */
  default boolean looksAhead() {
    return false;
  }

  /** Says which split will be started next, while the present one is under way. */
  default void prepare(Split split, long sequence) throws Exception {}

  /** The next result of the split, which the caller closes, or null at its end. */
  R next() throws Exception;

  @Override
  void close() throws IOException;
}
