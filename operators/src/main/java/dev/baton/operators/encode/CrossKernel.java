package dev.baton.operators.encode;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Longs;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;

/** Does what a {@link HashedCross} says, a block of rows at a time. */
final class CrossKernel implements Kernel {
  private final List<String> names;
  private final String into;
  private final int buckets;
  private final long seed;
  private final KernelContext context;
  private final long[] hashes = new long[Longs.BLOCK];
  private final long[] values = new long[Longs.BLOCK];

  CrossKernel(List<String> names, String into, int buckets, long seed, KernelContext context) {
    this.names = names;
    this.into = into;
    this.buckets = buckets;
    this.seed = seed;
    this.context = context;
  }

  @Override
  public void apply(Batch batch) {
    IntVector target =
        Vectors.fixed(Types.field(into, Types.INT32), batch.rows(), context.allocator());
    try {
      fill(batch, target);
    } catch (Throwable e) {
      target.close();
      throw e;
    }
    batch.put(target);
  }

  private void fill(Batch batch, IntVector target) {
    int rows = batch.rows();
    validity(batch, Validity.address(target));
    for (int first = 0; first < rows; first += Longs.BLOCK) {
      int count = Math.min(Longs.BLOCK, rows - first);
      Arrays.fill(hashes, 0, count, seed);
      for (String name : names) {
        FieldVector source = batch.column(name);
        if (TypeFamily.TEXT.accepts(source.getField().getType())) {
          hashText(source, first, count);
        } else {
          Longs.load(source, first, count, values);
          for (int i = 0; i < count; i++) {
            hashes[i] = XxHash64.hash(values[i], hashes[i]);
          }
        }
      }
      long to = Vectors.data(target) + 4L * first;
      for (int i = 0; i < count; i++) {
        Memory.putInt(to + 4L * i, XxHash64.bucket(hashes[i], buckets));
      }
      context.checkpoint();
    }
  }

  /** A row has a value when it has one in every column. */
  private void validity(Batch batch, long target) {
    int rows = batch.rows();
    for (int word = 0; word < Validity.words(rows); word++) {
      long valid = Validity.tail(Math.min(64, rows - 64 * word));
      for (String name : names) {
        valid &= Validity.word(Validity.address(batch.column(name)), word, rows);
      }
      Validity.putWord(target, word, rows, valid);
    }
  }

  private void hashText(FieldVector source, int first, int count) {
    long data = Vectors.data(source);
    long offsets = Vectors.offsets(source) + 4L * first;
    long validity = Validity.address(source);
    for (int start = 0; start < count; start += 64) {
      long valid = Validity.word(validity, (first + start) >>> 6, first + count);
      for (; valid != 0; valid &= valid - 1) {
        int i = start + Long.numberOfTrailingZeros(valid);
        int from = Memory.getInt(offsets + 4L * i);
        int length = Memory.getInt(offsets + 4L * i + 4) - from;
        hashes[i] = XxHash64.hash(data + from, length, hashes[i]);
      }
    }
  }
}
