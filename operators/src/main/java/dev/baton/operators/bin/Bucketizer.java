package dev.baton.operators.bin;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Missing;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces numbers by the number of the bucket they fall into, counted from 0, between edges that
 * are given. The columns become int32.
 *
 * <p>A bucket has its lower edge and not its upper one, except that the last bucket has both. A
 * value outside all buckets is an error; let the edges begin with -.inf and end with .inf to take
 * every value. What becomes of missing values, that is nulls and NaN, is the choice of {@code
 * missing}.
 *
 * <p>Cost: a binary search among the edges per value.
 *
 * <p>Like: Spark ML Bucketizer (there the choice is called handleInvalid); NVTabular Bucketize
 * (inner edges only); feature-engine ArbitraryDiscretiser (buckets have their upper edge).
 *
 * @param columns numeric columns
 * @param edges at least three, in ascending order; one more than there are buckets
 * @param missing {@code error} (the default): a missing value is an error; {@code skip}: its row is
 *     dropped; {@code keep}: it gets a bucket of its own, after all others
 */
public record Bucketizer(Columns columns, List<Double> edges, OnMissing missing)
    implements Transform {
  /** What becomes of missing values. */
  public enum OnMissing {
    ERROR,
    SKIP,
    KEEP
  }

  public Bucketizer {
    edges = List.copyOf(edges);
    if (edges.size() < 3) {
      throw new IllegalArgumentException("edges must be 3 or more but were " + edges);
    }
    for (int i = 1; i < edges.size(); i++) {
      if (!(edges.get(i - 1) < edges.get(i))) {
        throw new IllegalArgumentException("edges must ascend but were " + edges);
      }
    }
  }

  /** A missing value is an error. */
  public Bucketizer(Columns columns, List<Double> edges) {
    this(columns, edges, OnMissing.ERROR);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<String> names =
        binder.read(columns, TypeFamily.NUMERIC).stream().map(Field::getName).toList();
    names.forEach(name -> binder.put(Types.field(name, Types.INT32)));
    if (missing == OnMissing.SKIP) {
      binder.changesRows();
    }
    double[] limits = edges.stream().mapToDouble(x -> x).toArray();
    return binder.transform(
        context ->
            batch -> {
              if (missing == OnMissing.SKIP) {
                int[] kept = new int[batch.rows()];
                int count = Missing.completeRows(batch, names, kept);
                if (count < batch.rows()) {
                  batch.take(kept, count, context.allocator());
                }
              }
              for (String name : names) {
                batch.put(bucket(batch, name, limits, context));
              }
            });
  }

  private FieldVector bucket(Batch batch, String name, double[] limits, KernelContext context) {
    FieldVector source = batch.column(name);
    Field field = Types.field(name, Types.INT32);
    FieldVector target = Vectors.fixed(field, batch.rows(), context.allocator());
    try {
      double[] block = new double[Math.min(batch.rows(), Doubles.BLOCK)];
      for (int first = 0; first < batch.rows(); first += Doubles.BLOCK) {
        int count = Math.min(Doubles.BLOCK, batch.rows() - first);
        Doubles.load(source, first, count, block);
        long to = Vectors.data(target) + 4L * first;
        for (int start = 0; start < count; start += 64) {
          long absent = Missing.word(source, (first + start) >>> 6);
          for (int i = start; i < Math.min(start + 64, count); i++) {
            int bucket =
                (absent & 1) != 0
                    ? missing(source, first + i, limits)
                    : find(source, first + i, block[i], limits);
            Memory.putInt(to + 4L * i, bucket);
            absent >>>= 1;
          }
        }
      }
      if (batch.rows() > 0) {
        Validity.setAll(Validity.address(target), batch.rows());
      }
      return target;
    } catch (Throwable e) {
      target.close();
      throw e;
    }
  }

  private int missing(FieldVector source, int row, double[] limits) {
    if (missing == OnMissing.ERROR) {
      throw new ValueException(
          source.getName(),
          row,
          "expected a number but it is missing; put an imputer before this stage, or set missing"
              + " to skip or keep");
    }
    return limits.length - 1;
  }

  private int find(FieldVector source, int row, double x, double[] limits) {
    int last = limits.length - 1;
    if (!(x >= limits[0] && x <= limits[last])) {
      throw new ValueException(
          source.getName(),
          row,
          String.format(
              "%s is outside the edges, which go from %s to %s; clip before this stage, or let them"
                  + " go from -.inf to .inf",
              x, limits[0], limits[last]));
    }
    return x == limits[last] ? last - 1 : Bins.find(limits, x);
  }
}
