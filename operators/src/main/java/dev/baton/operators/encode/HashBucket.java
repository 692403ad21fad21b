package dev.baton.operators.encode;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Longs;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces the values of text and integer columns, in place, by the int32 number of a hash bucket
 * from 0 to {@code buckets - 1}: categories to numbers without a fit. Different values can share a
 * bucket. Nulls stay null.
 *
 * <p>The hash is XXH64 of the UTF-8 bytes of a text, or of an integer of any width as eight
 * little-endian bytes; its upper half then picks the bucket: {@code (hash >>> 32) * buckets >>>
 * 32}, which spreads as evenly as a remainder without the division. In Python: {@code
 * (xxhash.xxh64_intdigest(data, seed) >> 32) * buckets >> 32}.
 *
 * @param columns text and integer columns
 * @param buckets how many buckets, at least 1
 * @param seed another seed makes other values share a bucket (default 0)
 */
public record HashBucket(Columns columns, int buckets, long seed) implements Transform {

  public HashBucket {
    Objects.requireNonNull(columns, "columns");
    if (buckets < 1) {
      throw new IllegalArgumentException("buckets must be at least 1 but was " + buckets);
    }
  }

  public HashBucket(Columns columns, int buckets) {
    this(columns, buckets, 0);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.TEXT, TypeFamily.INTEGER);
    fields.forEach(field -> binder.put(Types.field(field.getName(), Types.INT32)));
    List<String> names = fields.stream().map(Field::getName).toList();
    return binder.transform(context -> new HashKernel(context, names));
  }

  private final class HashKernel implements Kernel {
    private final KernelContext context;
    private final List<String> names;
    private final long[] scratch = new long[Longs.BLOCK];

    HashKernel(KernelContext context, List<String> names) {
      this.context = context;
      this.names = names;
    }

    @Override
    public void apply(Batch batch) {
      int rows = batch.rows();
      for (String name : names) {
        FieldVector source = batch.column(name);
        IntVector target = Vectors.fixed(Types.field(name, Types.INT32), rows, context.allocator());
        try {
          Vectors.copyValidity(source, target);
          boolean text = TypeFamily.TEXT.accepts(source.getField().getType());
          boolean nulls = text && Validity.nulls(source) > 0;
          for (int first = 0; first < rows; first += Longs.BLOCK) {
            int count = Math.min(Longs.BLOCK, rows - first);
            long to = Vectors.data(target) + 4L * first;
            if (text) {
              hashText(source, nulls, first, count, to);
            } else {
              hashIntegers(source, first, count, to);
            }
            context.checkpoint();
          }
        } catch (Throwable e) {
          target.close();
          throw e;
        }
        batch.put(target);
      }
    }

    private void hashText(FieldVector source, boolean nulls, int first, int count, long to) {
      long data = Vectors.data(source);
      long offsets = Vectors.offsets(source) + 4L * first;
      long validity = Validity.address(source);
      for (int i = 0; i < count; i++) {
        // The offsets of a null may be anything that other writers left there.
        if (!nulls || Validity.isSet(validity, first + i)) {
          int start = Memory.getInt(offsets + 4L * i);
          int end = Memory.getInt(offsets + 4L * i + 4);
          Memory.putInt(to + 4L * i, bucket(XxHash64.hash(data + start, end - start, seed)));
        }
      }
    }

    private void hashIntegers(FieldVector source, int first, int count, long to) {
      Longs.load(source, first, count, scratch);
      for (int i = 0; i < count; i++) {
        Memory.putInt(to + 4L * i, bucket(XxHash64.hash(scratch[i], seed)));
      }
    }

    private int bucket(long hash) {
      return (int) ((hash >>> 32) * buckets >>> 32);
    }
  }
}
