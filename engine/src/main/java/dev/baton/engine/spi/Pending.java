package dev.baton.engine.spi;

import dev.baton.engine.PipelineException;

/**
 * A result on its way, which an event loop sets aside while it waits for the outside world.
 * Confined to the loop's thread, but for the action of {@link #whenReady}.
 *
 * @param <R> the result
 */
public interface Pending<R extends AutoCloseable> extends AutoCloseable {
  /** It waits for nothing any more. */
  int NOWHERE = Integer.MAX_VALUE;

  /** The step it waits in, or {@link #NOWHERE}. Steps are passed in the order of launching. */
  int waitsIn();

  /** Runs {@code action} once, on any thread, when it can be resumed; now if it can. */
  void whenReady(Runnable action);

  /**
   * Takes it on to where it waits next; called when it is ready and all launched before it have
   * passed its step.
   */
  void resume();

  /**
   * The result, which the caller closes, or null when there is none; called once, when it waits
   * nowhere and the results of all launched before it were taken.
   */
  R take();

  /** Gives up what it waits for; does nothing once it was taken. */
  @Override
  void close();

  /** A result that is there. */
  static <R extends AutoCloseable> Pending<R> of(R result) {
    return new Pending<>() {
      private R left = result;

      @Override
      public int waitsIn() {
        return NOWHERE;
      }

      @Override
      public void whenReady(Runnable action) {
        action.run();
      }

      @Override
      public void resume() {}

      @Override
      public R take() {
        R taken = left;
        left = null;
        return taken;
      }

      @Override
      public void close() {
        if (left != null) {
          try {
            left.close();
          } catch (Exception e) {
            throw PipelineException.wrap(e);
          }
        }
      }
    };
  }
}
