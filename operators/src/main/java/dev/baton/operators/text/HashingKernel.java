package dev.baton.operators.text;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.text.HashingVectorizer.Norm;
import dev.baton.operators.text.HashingVectorizer.Output;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;

/** Gathers the sparse vectors of a column on the heap, then writes them out in one go. */
final class HashingKernel implements Kernel {
  private final HashingVectorizer operator;
  private final List<String> names;
  private final KernelContext context;
  private final Tokens tokens;

  private long[] grams = new long[64];
  private int[] offsets = new int[1];
  private int[] indices = new int[1024];
  private float[] values = new float[1024];
  private int count;

  HashingKernel(HashingVectorizer operator, List<String> names, KernelContext context) {
    this.operator = operator;
    this.names = names;
    this.context = context;
    int minLength = Tokens.minLength(operator.pattern(), operator.minLength());
    this.tokens = new Tokens(operator.pattern(), operator.lowercase(), minLength);
  }

  @Override
  public void apply(Batch batch) {
    for (String name : names) {
      FieldVector source = batch.column(name);
      gather(source, batch.rows());
      if (operator.output() == Output.DENSE) {
        batch.put(dense(source, batch.rows()));
      } else {
        sparse(batch, source);
      }
    }
  }

  private void gather(FieldVector source, int rows) {
    long data = Vectors.data(source);
    long starts = Vectors.offsets(source);
    long validity = Validity.address(source);
    boolean nulls = Validity.nulls(source) > 0;
    offsets = rows < offsets.length ? offsets : new int[rows + 1];
    count = 0;
    int sinceCheckpoint = 0;
    for (int row = 0; row < rows; row++) {
      if (!nulls || Validity.isSet(validity, row)) {
        int start = Memory.getInt(starts + 4L * row);
        int length = Memory.getInt(starts + 4L * row + 4) - start;
        tokens.cut(data + start, length);
        vector(hash());
        sinceCheckpoint += length + 16;
        if (sinceCheckpoint > Tokenize.CHECKPOINT_BYTES) {
          sinceCheckpoint = 0;
          context.checkpoint();
        }
      }
      offsets[row + 1] = count;
    }
  }

  /** Hashes the n-grams of the text: the feature in the upper half, 1 below if it counts as -1. */
  private int hash() {
    int found = 0;
    for (int size = operator.minGram(); size <= operator.maxGram(); size++) {
      int last = tokens.count - size;
      if (found + last + 1 > grams.length) {
        grams = Arrays.copyOf(grams, Math.max(found + last + 1, 2 * grams.length));
      }
      for (int i = 0; i <= last; i++) {
        int hash = Murmur3.hash(tokens.text, tokens.starts[i], tokens.ends[i + size - 1]);
        // The remainder of an int is several times faster, but one int has no absolute value.
        int feature =
            hash == Integer.MIN_VALUE
                ? (int) ((1L << 31) % operator.features())
                : Math.abs(hash) % operator.features();
        grams[found++] = (long) feature << 32 | (operator.signed() ? hash >>> 31 : 0);
      }
    }
    return found;
  }

  /** Appends the vector of the first {@code found} n-grams. */
  private void vector(int found) {
    Arrays.sort(grams, 0, found);
    if (count + found > indices.length) {
      int size = Math.max(count + found, 2 * indices.length);
      indices = Arrays.copyOf(indices, size);
      values = Arrays.copyOf(values, size);
    }
    int first = count;
    long sum = 0;
    long squares = 0;
    for (int i = 0; i < found; ) {
      long feature = grams[i] >>> 32;
      int total = 0;
      for (; i < found && grams[i] >>> 32 == feature; i++) {
        total += (grams[i] & 1) == 0 ? 1 : -1;
      }
      if (total != 0) {
        indices[count] = (int) feature;
        values[count++] = total;
        sum += Math.abs(total);
        squares += (long) total * total;
      }
    }
    if (operator.norm() != Norm.NONE) {
      double norm = operator.norm() == Norm.L1 ? sum : Math.sqrt(squares);
      for (int i = first; i < count; i++) {
        values[i] = (float) (values[i] / norm);
      }
    }
  }

  private void sparse(Batch batch, FieldVector source) {
    String name = source.getName();
    int rows = batch.rows();
    ListVector index =
        Lists.fixed(HashingVectorizer.indices(name), source, offsets, rows, context.allocator());
    ListVector value;
    try {
      value =
          Lists.fixed(HashingVectorizer.values(name), source, offsets, rows, context.allocator());
    } catch (Throwable e) {
      index.close();
      throw e;
    }
    long toIndices = Vectors.data(index.getDataVector());
    long toValues = Vectors.data(value.getDataVector());
    for (int i = 0; i < count; i++) {
      Memory.putInt(toIndices + 4L * i, indices[i]);
      Memory.putFloat(toValues + 4L * i, values[i]);
    }
    batch.drop(name);
    batch.put(index);
    batch.put(value);
  }

  private ListVector dense(FieldVector source, int rows) {
    int features = operator.features();
    if ((long) rows * features > Integer.MAX_VALUE - 64) {
      throw new ValueException(
          source.getName(),
          0,
          String.format(
              "dense vectors of %d features for %d rows do not fit a column; set fewer features,"
                  + " output=sparse or smaller batches",
              features, rows));
    }
    int[] lengths = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      boolean valid = Validity.isSet(Validity.address(source), row);
      lengths[row + 1] = lengths[row] + (valid ? features : 0);
    }
    ListVector list =
        Lists.fixed(
            HashingVectorizer.dense(source.getName()), source, lengths, rows, context.allocator());
    long to = Vectors.data(list.getDataVector());
    for (int row = 0; row < rows; row++) {
      for (int i = offsets[row]; i < offsets[row + 1]; i++) {
        Memory.putFloat(to + 4L * (lengths[row] + (long) indices[i]), values[i]);
      }
    }
    return list;
  }
}
