package dev.baton.engine.operator;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.request.InFlight;

/**
 * A kernel that waits for the outside world. {@link #apply} waits on the worker's thread, one
 * question after the other, giving the global lock up meanwhile; an event loop instead calls {@link
 * #begin} and works on other batches until the answers are there.
 */
public interface AsyncKernel extends Kernel {
  /**
   * Sends what a batch asks, or puts it on the waiting list. Called by the worker's thread, which
   * leaves the batch alone until {@link Answers#finish}.
   *
   * @param requests bounds what all batches of the run have under way together
   */
  Answers begin(Batch batch, InFlight requests) throws Exception;

  /** The answers to one batch, on their way. */
  interface Answers extends AutoCloseable {
    /** Runs {@code action} once, on any thread, when all answers are there; now if they are. */
    void whenReady(Runnable action);

    /**
     * Puts the answers into the batch; called by the worker's thread when they are there.
     *
     * @throws ValueException naming the first row that got none
     */
    void finish();

    /** Gives up what is under way. */
    @Override
    void close();
  }
}
