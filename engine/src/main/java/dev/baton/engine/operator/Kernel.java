package dev.baton.engine.operator;

import dev.baton.engine.batch.Batch;

/**
 * What a transform does to one batch. A kernel belongs to one worker, so it may keep scratch memory
 * between batches, and is closed with it.
 */
@FunctionalInterface
public interface Kernel extends AutoCloseable {

  /**
   * Says that the batches from now on belong to another split, in their order. What a kernel
   * remembers from batch to batch ends here, since the splits before may be with other workers; see
   * {@link Estimator#forOtherRows} for how to know about those all the same.
   *
   * @param split its place among the splits of the source, from 0; the same in every pass and mode
   */
  default void start(long split) throws Exception {}

  /**
   * Edits {@code batch} in place. When this throws, the runner closes the batch; the kernel must
   * only close a column it has not yet put into the batch. Throw {@link ValueException} to name the
   * column and row of a bad value.
   */
  void apply(Batch batch) throws Exception;

  /**
   * Whether its result depends on the place of its rows, which it is told by {@link #start}; single
   * rows, which have none, cannot be scored then. By default, when it overrides that.
   */
  default boolean isPlaced() {
    try {
      return getClass().getMethod("start", long.class).getDeclaringClass() != Kernel.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Releases scratch memory. */
  @Override
  default void close() {}

  /** Makes one kernel per worker. */
  @FunctionalInterface
  interface Factory {
    Kernel open(KernelContext context);
  }
}
