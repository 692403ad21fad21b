package dev.baton.engine.request;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A way to ask something outside this program and get an answer. The same question must get the
 * same answer, since it may be asked again.
 *
 * <p>An {@link IOException} (or a time-out) means that asking again may help; any other exception
 * that it will not. Used by one worker, but {@link #askLater} completes on any thread.
 *
 * @param <Q> a question; immutable
 * @param <A> an answer
 */
public interface Exchange<Q, A> extends AutoCloseable {
  /**
   * Asks and waits for the answer; called without the global lock.
   *
   * @param timeout how long to wait, where the outside can be told
   */
  A ask(Q question, Duration timeout) throws IOException, InterruptedException;

  /**
   * Asks and returns at once. Cancelling the future gives the question up where that is possible.
   *
   * @param timeout after which the future fails with a {@link
   *     java.util.concurrent.TimeoutException}; only the exchange knows when the question goes out,
   *     and until then no time is to run, for a thread that waits for its answer asks at once
   */
  CompletableFuture<A> askLater(Q question, Duration timeout);

  @Override
  default void close() {}
}
