package dev.baton.operators.sample;

import dev.baton.engine.source.ForwardingSource;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.Split;
import dev.baton.operators.internal.Mixing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * The rows of another source with its splits in a random order; within a split they keep theirs.
 * For this all splits must be found before the first is read. With {@link Shuffle} behind it, rows
 * mix within batches too.
 *
 * @param source whose rows
 * @param seed another seed gives another order (default 0)
 */
public record ShuffledSource(Source source, long seed) implements Source {
  public ShuffledSource {
    Objects.requireNonNull(source, "source");
  }

  /** With seed 0. */
  public ShuffledSource(Source source) {
    this(source, 0);
  }

  @Override
  public OpenSource open() throws IOException {
    OpenSource inOrder = source.open();
    return new ForwardingSource(inOrder) {
      @Override
      protected Source again(Source other) {
        return new ShuffledSource(other, seed);
      }

      @Override
      public Iterator<? extends Split> splits() throws IOException {
        List<Split> splits = new ArrayList<>();
        inOrder.splits().forEachRemaining(splits::add);
        int[] order = new int[splits.size()];
        for (int i = 0; i < order.length; i++) {
          order[i] = i;
        }
        Mixing.shuffle(order, order.length, Mixing.mix(seed));
        List<Split> mixed = new ArrayList<>();
        for (int i : order) {
          mixed.add(splits.get(i));
        }
        return mixed.iterator();
      }
    };
  }
}
