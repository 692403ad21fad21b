package dev.baton.operators.rows;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.KernelContext;

/**
 * A user's function of one batch. It is called by several threads at once, so it must not keep
 * anything that it changes, and it must not keep its arguments.
 */
@FunctionalInterface
public interface BatchFunction {
  /**
   * Reads columns of {@code batch} and puts its outputs into it. The batch stays the caller's.
   *
   * @param context has the allocator for what is put into the batch
   */
  void apply(Batch batch, KernelContext context) throws Exception;
}
