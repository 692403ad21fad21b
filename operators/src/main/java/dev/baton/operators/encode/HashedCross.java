package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Adds an int32 column with the hash bucket, from 0 to {@code buckets - 1}, of the values of
 * several columns together, so that a linear model can weigh their combinations. Different
 * combinations can share a bucket. Null where any of the values is null.
 *
 * <p>The values are hashed in turn as by {@link HashBucket}, each with the hash so far as its seed.
 * In Python: {@code for data in values: seed = xxhash.xxh64_intdigest(data, seed)}, then {@code
 * (seed >> 32) * buckets >> 32}. A bool is hashed as the integer 0 or 1.
 *
 * <p>State: none.
 *
 * <p>Cost: a few nanoseconds a value, more for texts longer than eight bytes.
 *
 * <p>Like: NVTabular HashedCross (another hash). Keras' HashedCrossing (another hash) takes two
 * columns.
 *
 * @param columns at least two text, bool and integer columns, in the order of hashing
 * @param buckets how many buckets, at least 1
 * @param into the name of the new column (by default theirs joined by {@code _x_})
 * @param seed another seed makes other combinations share a bucket (default 0)
 */
public record HashedCross(Columns columns, int buckets, String into, long seed)
    implements Transform {
  public HashedCross {
    Objects.requireNonNull(columns, "columns");
    if (buckets < 1) {
      throw new IllegalArgumentException("buckets must be at least 1 but was " + buckets);
    }
  }

  public HashedCross(Columns columns, int buckets) {
    this(columns, buckets, null, 0);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields =
        binder.read(columns, TypeFamily.TEXT, TypeFamily.BOOLEAN, TypeFamily.INTEGER);
    if (fields.size() < 2) {
      throw new BindException(
          "columns must be at least two to be crossed but are only '"
              + fields.get(0).getName()
              + "'; a hash-bucket takes one");
    }
    List<String> names = fields.stream().map(Field::getName).toList();
    String name = into == null ? String.join("_x_", names) : into;
    binder.put(Types.field(name, Types.INT32));
    return binder.transform(context -> new CrossKernel(names, name, buckets, seed, context));
  }
}
