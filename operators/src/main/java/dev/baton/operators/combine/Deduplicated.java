package dev.baton.operators.combine;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Packed;
import java.util.BitSet;

/**
 * A fitted {@link Deduplicate}.
 *
 * @param firsts a bit for each row of the input, set for those to keep; and how many rows there are
 *     up to the end of each split
 */
record Deduplicated(Packed firsts) implements Transform {
  @Override
  public BoundTransform bind(Binder binder) {
    binder.changesRows();
    StateReader in = firsts.reader();
    BitSet kept = BitSet.valueOf(in.longs());
    LongList splitEnds = new LongList(in.longs());
    return binder.transform(context -> new KeepKernel(kept, splitEnds, context));
  }

  private static final class KeepKernel implements Kernel {
    private final BitSet kept;
    private final LongList splitEnds;
    private final KernelContext context;
    private int[] selected = new int[0];
    private long split;
    private int next;

    KeepKernel(BitSet kept, LongList splitEnds, KernelContext context) {
      this.kept = kept;
      this.splitEnds = splitEnds;
      this.context = context;
    }

    @Override
    public void start(long split) {
      Splits.check(split, splitEnds.size());
      this.split = split;
      this.next = split == 0 ? 0 : (int) splitEnds.get((int) split - 1);
    }

    @Override
    public void apply(Batch batch) {
      int end = next + batch.rows();
      if (end > splitEnds.get((int) split)) {
        throw Splits.changed(split, batch.rows());
      }
      if (selected.length < batch.rows()) {
        selected = new int[batch.rows()];
      }
      int count = 0;
      for (int row = kept.nextSetBit(next); row >= 0 && row < end; row = kept.nextSetBit(row + 1)) {
        selected[count++] = row - next;
      }
      next = end;
      if (count < batch.rows()) {
        batch.take(selected, count, context.allocator());
      }
    }
  }
}
