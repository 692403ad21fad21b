package dev.baton.engine.spi;

import dev.baton.engine.source.Split;
import java.io.IOException;
import java.util.Iterator;

/**
 * One pass over a source: work on splits that can be done by any worker in any order.
 *
 * @param <R> what the work on a split yields, any number of times
 */
public interface Job<R extends AutoCloseable> {
  /** All splits, in order; asked for once, from one thread. */
  Iterator<? extends Split> splits() throws IOException;

  /** Makes the task of one worker, on that worker's thread. */
  Task<R> open(WorkerScope worker) throws Exception;
}
