package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces the values of text, bool and numeric columns, in place, by int32 row numbers of an
 * embedding table, as NVTabular's {@code Categorify} does: 0 is left for padding, 1 is null and
 * NaN, 2 is every value that is unknown or too rare, and from 3 on come the categories, the most
 * frequent first, equally frequent ones ascending. The codes are never null.
 *
 * <p>With several {@code buckets} an unknown value gets one of as many codes by its hash, which is
 * that of {@link HashBucket} with seed 0. Keras' {@code StringLookup} is {@code nullCode: 0,
 * firstCode: 1}.
 *
 * <p>State: how often each distinct value occurs, exactly; about 40 bytes for each, plus texts
 * longer than eight bytes.
 *
 * <p>Cost: one search in a hash table a value, in fit and transform; the fit then sorts the values
 * that are frequent enough.
 *
 * <p>Like: scikit-learn OrdinalEncoder (see ordinal-encoder); NVTabular Categorify (ties in another
 * order, another hash); Ray Data OrdinalEncoder (no unknown, no order by frequency).
 *
 * @param columns text, bool and numeric columns
 * @param minFrequency values seen less often than this are unknown; 0 and 1 turn it off (the
 *     default)
 * @param maxSize the most codes to use, counted from 0: how many rows the embedding table has; less
 *     frequent values are unknown; 0 means no limit (the default)
 * @param buckets over how many codes unknown values are spread, at least 1 (the default)
 * @param nullCode the code of nulls, less than {@code firstCode} (default 1)
 * @param firstCode the code of unknown values, or the first of several; the categories follow
 *     (default 2)
 */
public record Categorify(
    Columns columns, int minFrequency, int maxSize, int buckets, int nullCode, int firstCode)
    implements Estimator<CategoryState> {

  public Categorify {
    Objects.requireNonNull(columns, "columns");
    RareCategories.checkFrequency(minFrequency);
    if (buckets < 1) {
      throw new IllegalArgumentException("buckets must be at least 1 but was " + buckets);
    }
    if (nullCode < 0 || nullCode >= firstCode) {
      throw new IllegalArgumentException(
          String.format(
              "nullCode must be at least 0 and less than firstCode, but they were %d and %d",
              nullCode, firstCode));
    }
    if (maxSize < 0 || maxSize > 0 && maxSize <= (long) firstCode + buckets) {
      throw new IllegalArgumentException(
          String.format(
              "maxSize must be more than the %d codes that are no category's but was %d; 0 means no"
                  + " limit",
              (long) firstCode + buckets, maxSize));
    }
  }

  public Categorify(Columns columns) {
    this(columns, 0, 0, 1, 1, 2);
  }

  @Override
  public BoundEstimator<CategoryState> bind(Binder binder) {
    List<Field> fields = CategoryState.read(binder, columns);
    fields.forEach(field -> binder.put(Types.field(field.getName(), Types.INT32)));
    return binder.estimator(() -> new CategoryState(fields), this::finish);
  }

  private Transform finish(CategoryState state) {
    int first = firstCode + buckets;
    int limit = (maxSize == 0 ? Integer.MAX_VALUE : maxSize) - first;
    List<OrdinalEncoding.Column> fitted =
        state.counters().stream().map(counter -> finish(counter, limit)).toList();
    return new OrdinalEncoding(
        fitted, first, OrdinalEncoder.Unknown.VALUE, firstCode, buckets, nullCode);
  }

  private OrdinalEncoding.Column finish(CategoryState.Counter counter, int limit) {
    List<String> categories = counter.names(counter.frequent(minFrequency, limit));
    return new OrdinalEncoding.Column(counter.column, counter.type, categories, List.of());
  }
}
