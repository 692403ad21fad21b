package dev.baton.engine.internal.eventloop;

import dev.baton.engine.PipelineException;
import dev.baton.engine.source.Split;
import dev.baton.engine.spi.Pending;

/**
 * A place in the queue of results: a result on its way, the end of a split, or a failure, which is
 * reported when it is its turn, as the first failure in the data.
 */
final class UnderWay<R extends AutoCloseable> {
  private final Pending<R> pending;
  private final Split ended;
  private final Runnable signal;
  private Throwable failure;
  private volatile boolean ready;

  private UnderWay(Pending<R> pending, Split ended, Throwable failure, Runnable signal) {
    this.pending = pending;
    this.ended = ended;
    this.failure = failure;
    this.signal = signal;
  }

  /**
   * A result on its way.
   *
   * @param signal run on any thread when it can go on
   */
  static <R extends AutoCloseable> UnderWay<R> of(Pending<R> pending, Runnable signal) {
    UnderWay<R> entry = new UnderWay<>(pending, null, null, signal);
    entry.await();
    return entry;
  }

  static <R extends AutoCloseable> UnderWay<R> endOf(Split split) {
    return new UnderWay<>(null, split, null, () -> {});
  }

  static <R extends AutoCloseable> UnderWay<R> failed(Throwable failure) {
    return new UnderWay<>(null, null, failure, () -> {});
  }

  private void await() {
    if (waitsIn() != Pending.NOWHERE) {
      pending.whenReady(
          () -> {
            ready = true;
            signal.run();
          });
    }
  }

  int waitsIn() {
    return pending == null || failure != null ? Pending.NOWHERE : pending.waitsIn();
  }

  /** Goes on as far as the one before, which waits in {@code ahead}, lets it. */
  void resume(int ahead) {
    while (ready && waitsIn() < ahead) {
      ready = false;
      try {
        pending.resume();
        await();
      } catch (Throwable e) {
        failure = e;
      }
    }
  }

  /** The split that ends here, or null. */
  Split ended() {
    return ended;
  }

  /** The result, or null when there is none. */
  R take() {
    if (failure != null) {
      close();
      throw PipelineException.wrap(failure);
    }
    return pending == null ? null : pending.take();
  }

  void close() {
    if (pending != null) {
      pending.close();
    }
  }
}
