package dev.baton.engine.operator;

import dev.baton.engine.batch.Batch;

/**
 * What a transform does to one batch. A kernel belongs to one worker, so it may keep scratch memory
 * between batches, and is closed with it.
 */
@FunctionalInterface
public interface Kernel extends AutoCloseable {

  /**
   * Edits {@code batch} in place. When this throws, the runner closes the batch; the kernel must
   * only close a column it has not yet put into the batch. Throw {@link ValueException} to name the
   * column and row of a bad value.
   */
  void apply(Batch batch) throws Exception;

  /** Releases scratch memory. */
  @Override
  default void close() {}

  /** Makes one kernel per worker. */
  @FunctionalInterface
  interface Factory {
    Kernel open(KernelContext context);
  }
}
