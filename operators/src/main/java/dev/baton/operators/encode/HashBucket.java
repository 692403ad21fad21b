package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces the values of text and integer columns, in place, by the int32 number of a bucket from 0
 * to {@code buckets - 1}: categories to numbers without a fit. Different values can share a bucket.
 * Nulls stay null.
 *
 * <p>{@code xxh64} is XXH64 of the UTF-8 bytes of a text, or of an integer of any width as eight
 * little-endian bytes; its upper half then picks the bucket: {@code (hash >>> 32) * buckets >>>
 * 32}, which spreads as evenly as a remainder without the division. In Python: {@code
 * (xxhash.xxh64_intdigest(data, seed) >> 32) * buckets >> 32}.
 *
 * <p>{@code modulo} is what click logs are commonly brought into range with, whose categories are
 * hashes already: the remainder of an integer, never negative, or of the number that a text of 1 to
 * 16 hexadecimal digits stands for; another text is an error. In Python: {@code n % buckets} and
 * {@code int(text, 16) % buckets}.
 *
 * <p>State: none.
 *
 * <p>Cost: a few nanoseconds a value, more for texts longer than eight bytes.
 *
 * <p>Source: Collet, XXH64, in xxHash's doc/xxhash_spec.md.
 *
 * <p>Like: NVTabular HashBucket (another hash); Ray Data FeatureHasher (counts tokens).
 *
 * @param columns text and integer columns
 * @param buckets how many buckets, at least 1
 * @param seed another seed makes other values share a bucket; 0 with {@code modulo} (default 0)
 * @param hash {@code xxh64} (the default) or {@code modulo}
 */
public record HashBucket(Columns columns, int buckets, long seed, Hash hash) implements Transform {

  /** What is made of a value before it is brought into the range of the buckets. */
  public enum Hash {
    XXH64,
    MODULO
  }

  public HashBucket {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(hash, "hash");
    if (buckets < 1) {
      throw new IllegalArgumentException("buckets must be at least 1 but was " + buckets);
    }
    if (hash == Hash.MODULO && seed != 0) {
      throw new IllegalArgumentException(
          "seed must be 0 with hash=modulo but was " + seed + "; only xxh64 takes a seed");
    }
  }

  public HashBucket(Columns columns, int buckets) {
    this(columns, buckets, 0, Hash.XXH64);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.TEXT, TypeFamily.INTEGER);
    fields.forEach(field -> binder.put(Types.field(field.getName(), Types.INT32)));
    List<String> names = fields.stream().map(Field::getName).toList();
    return binder.transform(context -> new BucketKernel(this, names, context));
  }
}
