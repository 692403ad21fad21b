package dev.baton.operators.scale;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Doubles;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * Divides the values of each row by their norm. The columns become float64.
 *
 * <p>A row whose norm is zero (below 2.2e-15) stays as it is. Nulls stay null and count as zero in
 * the norm; a NaN makes the whole row NaN. An infinite value makes itself NaN and the rest of its
 * row zero.
 *
 * <p>Cost: two passes over the columns.
 *
 * <p>Like: scikit-learn Normalizer (refuses NaN); Spark ML Normalizer (of a vector, any p); Ray
 * Data Normalizer.
 *
 * @param columns numeric columns, which together are the vector of a row
 * @param norm what to divide by: {@code l1}, the sum of absolute values; {@code l2}, the root of
 *     the sum of squares; or {@code max}, the largest absolute value
 */
public record Normalizer(Columns columns, Norm norm) implements Transform {
  /** The length of a row. */
  public enum Norm {
    L1,
    L2,
    MAX
  }

  /** Divides by the l2 norm. */
  public Normalizer(Columns columns) {
    this(columns, Norm.L2);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<String> names = Doubles.replace(binder, columns);
    return binder.transform(
        context -> {
          double[] norms = new double[Doubles.BLOCK];
          double[] block = new double[Doubles.BLOCK];
          return batch -> {
            FieldVector[] vectors = new FieldVector[names.size()];
            for (int i = 0; i < vectors.length; i++) {
              vectors[i] = Vectors.writableDoubles(batch, names.get(i), context.allocator());
            }
            normalize(batch, vectors, norms, block);
          };
        });
  }

  private void normalize(Batch batch, FieldVector[] vectors, double[] norms, double[] block) {
    for (int first = 0; first < batch.rows(); first += Doubles.BLOCK) {
      int count = Math.min(Doubles.BLOCK, batch.rows() - first);
      Arrays.fill(norms, 0);
      for (FieldVector vector : vectors) {
        Doubles.load(vector, first, count, block);
        zeroNulls(vector, first, count, block);
        add(block, norms);
      }
      for (int i = 0; i < count; i++) {
        norms[i] = Linear.divisor(norm == Norm.L2 ? Math.sqrt(norms[i]) : norms[i]);
      }
      for (FieldVector vector : vectors) {
        long data = Vectors.data(vector) + 8L * first;
        for (int i = 0; i < count; i++) {
          Memory.putDouble(data + 8L * i, Memory.getDouble(data + 8L * i) / norms[i]);
        }
      }
    }
  }

  private void add(double[] block, double[] norms) {
    switch (norm) {
      case L1 -> {
        for (int i = 0; i < norms.length; i++) {
          norms[i] += Math.abs(block[i]);
        }
      }
      case L2 -> {
        for (int i = 0; i < norms.length; i++) {
          norms[i] += block[i] * block[i];
        }
      }
      case MAX -> {
        for (int i = 0; i < norms.length; i++) {
          norms[i] = Math.max(norms[i], Math.abs(block[i]));
        }
      }
    }
  }

  private static void zeroNulls(FieldVector vector, int first, int count, double[] block) {
    for (int start = 0; start < count; start += 64) {
      long valid =
          Validity.word(Validity.address(vector), (first + start) >>> 6, vector.getValueCount());
      long nulls = ~valid & Validity.tail(count - start);
      for (; nulls != 0; nulls &= nulls - 1) {
        block[start + Long.numberOfTrailingZeros(nulls)] = 0;
      }
    }
  }
}
