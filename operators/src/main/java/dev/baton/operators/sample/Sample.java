package dev.baton.operators.sample;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Keeps a random part of the rows, each with the same probability, so that the part is only about
 * {@code fraction}.
 *
 * <p>With {@code by}, rows with equal values there stay or go together, wherever they are read
 * from; without, a row's place decides: its split and its number in that, which depend on the
 * source but not on mode or workers.
 *
 * <p>Cost: a few steps a row.
 *
 * <p>Like: Spark SQL {@code sample}; Ray Data {@code random_sample}.
 *
 * @param fraction the probability to stay, from 0 to 1
 * @param by columns whose values decide; the place of the row when left out
 * @param seed another seed keeps other rows (default 0)
 */
public record Sample(double fraction, Columns by, long seed) implements Transform {
  public Sample {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction must be from 0 to 1 but was " + fraction);
    }
  }

  /** Chosen by place, with seed 0. */
  public Sample(double fraction) {
    this(fraction, null, 0);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = RowHashes.bind(by, binder);
    binder.changesRows();
    return binder.transform(context -> new SampleKernel(fields, context));
  }

  private final class SampleKernel implements Kernel {
    private final RowHashes hashes;
    private final KernelContext context;
    private int[] selected = new int[0];

    SampleKernel(List<Field> fields, KernelContext context) {
      this.hashes = new RowHashes(fields, seed);
      this.context = context;
    }

    @Override
    public void start(long split) {
      hashes.start(split);
    }

    @Override
    public void apply(Batch batch) {
      int rows = batch.rows();
      selected = selected.length < rows ? new int[rows] : selected;
      long[] of = hashes.of(batch);
      int count = 0;
      for (int row = 0; row < rows; row++) {
        selected[count] = row;
        count += RowHashes.unit(of[row]) < fraction ? 1 : 0;
      }
      if (count < rows) {
        batch.take(selected, count, context.allocator());
      }
    }
  }
}
