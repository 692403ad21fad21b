package dev.baton.operators.sample;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Mixing;

/**
 * Mixes the rows of each batch, so no row moves further than its batch is long. Every order of a
 * batch's rows is as likely as any other. To bring rows from far apart together, read the source
 * through {@link ShuffledSource} as well, which mixes the splits; a mix of all rows this is not.
 *
 * <p>The order depends on the seed and on how the source cuts its splits into batches, not on mode
 * or workers.
 *
 * <p>Cost: copies each column once.
 *
 * <p>Like: Ray Data {@code local_shuffle_buffer_size}; tf.data {@code shuffle} (a sliding buffer).
 *
 * @param seed another seed gives another order (default 0)
 */
public record Shuffle(long seed) implements Transform {
  /** With seed 0. */
  public Shuffle() {
    this(0);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    binder.changesRows();
    return binder.transform(ShuffleKernel::new);
  }

  private final class ShuffleKernel implements Kernel {
    private final KernelContext context;
    private int[] order = new int[0];
    private long split;
    private long batches;

    ShuffleKernel(KernelContext context) {
      this.context = context;
    }

    @Override
    public void start(long split) {
      this.split = Mixing.mix(Mixing.mix(seed) ^ split);
      this.batches = 0;
    }

    @Override
    public void apply(Batch batch) {
      int rows = batch.rows();
      order = order.length < rows ? new int[rows] : order;
      for (int row = 0; row < rows; row++) {
        order[row] = row;
      }
      Mixing.shuffle(order, rows, Mixing.mix(split ^ batches++));
      batch.take(order, rows, context.allocator());
    }
  }
}
