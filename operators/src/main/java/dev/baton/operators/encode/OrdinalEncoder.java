package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.IntSort;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces the values of text, bool and numeric columns, in place, by int32 codes 0, 1, 2, …, as
 * scikit-learn's {@code OrdinalEncoder} does. Rare categories share the last code. NaN is null, and
 * -0.0 is 0.0. {@link Categorify} leaves room for padding and spreads unknown values.
 *
 * <p>State: how often each distinct value occurs, exactly; about 40 bytes for each, plus texts
 * longer than eight bytes.
 *
 * <p>Cost: one search in a hash table a value, in fit and transform; the fit then sorts the
 * distinct values.
 *
 * <p>Like: scikit-learn OrdinalEncoder (float64; categories are always learnt here); Spark ML
 * StringIndexer (frequency order by default, unknown and null alike); NVTabular Categorify (see
 * categorify); Ray Data OrdinalEncoder (unknown becomes null).
 *
 * @param columns text, bool and numeric columns
 * @param unknown what becomes of a value that was not seen at fit: {@code error} (the default),
 *     {@code value} (it becomes {@code unknownValue}) or {@code infrequent} (it gets the code after
 *     the last category that stands alone, which is that of the rare ones; so an embedding needs
 *     one row more than there are such categories)
 * @param unknownValue the code of unknown values with {@code unknown: value}, which no category may
 *     have (default -1)
 * @param order {@code sorted}: codes ascend with the values, text by code points (the default);
 *     {@code frequency}: the most frequent value is 0, equally frequent ones ascend
 * @param minFrequency categories seen less often than this are rare: a number of rows, or below 1 a
 *     share of them; 0 and 1 turn it off (the default)
 * @param maxCategories the most codes to use, that of the rare ones counted: the rarest share it,
 *     and as in scikit-learn a column with exactly so many categories groups too; nulls do not
 *     count; 0 means no limit (the default)
 * @param nullValue the code of nulls, which no category may have; without it nulls stay null (the
 *     default)
 */
public record OrdinalEncoder(
    Columns columns,
    Unknown unknown,
    int unknownValue,
    Order order,
    double minFrequency,
    int maxCategories,
    Integer nullValue)
    implements Estimator<CategoryState> {

  /** What becomes of a value that was not seen at fit. */
  public enum Unknown {
    ERROR,
    VALUE,
    INFREQUENT
  }

  /** Which category gets the smaller code. */
  public enum Order {
    SORTED,
    FREQUENCY
  }

  public OrdinalEncoder {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(unknown, "unknown");
    Objects.requireNonNull(order, "order");
    RareCategories.check(minFrequency, maxCategories);
  }

  public OrdinalEncoder(Columns columns) {
    this(columns, Unknown.ERROR, -1, Order.SORTED, 0, 0, null);
  }

  @Override
  public BoundEstimator<CategoryState> bind(Binder binder) {
    List<Field> fields = CategoryState.read(binder, columns);
    fields.forEach(field -> binder.put(Types.field(field.getName(), Types.INT32)));
    return binder.estimator(() -> new CategoryState(fields), this::finish);
  }

  private Transform finish(CategoryState state) {
    List<OrdinalEncoding.Column> fitted = new ArrayList<>();
    for (CategoryState.Counter counter : state.counters()) {
      fitted.add(finish(counter));
    }
    return new OrdinalEncoding(fitted, 0, unknown, unknownValue, 1, nullValue);
  }

  private OrdinalEncoding.Column finish(CategoryState.Counter counter) {
    // Where rare categories are like unknown ones, they need not be told apart.
    long least = RareCategories.least(minFrequency, counter.rows());
    int[] sorted = counter.sorted(unknown == Unknown.INFREQUENT ? least : 0);
    long[] counts = new long[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      counts[i] = counter.count(sorted[i]);
    }
    boolean[] isRare = RareCategories.find(counts, least, maxCategories);
    int[] places =
        IntSort.order(
            sorted.length,
            order == Order.FREQUENCY ? (a, b) -> Long.compare(counts[b], counts[a]) : (a, b) -> 0);
    List<String> alone = new ArrayList<>();
    List<String> rare = new ArrayList<>();
    for (int place : places) {
      if (!isRare[place]) {
        alone.add(counter.name(sorted[place]));
      } else if (unknown != Unknown.INFREQUENT) {
        rare.add(counter.name(sorted[place]));
      }
    }
    int codes = alone.size() + (rare.isEmpty() && unknown != Unknown.INFREQUENT ? 0 : 1);
    if (unknown == Unknown.VALUE) {
      refuse("unknownValue", unknownValue, codes, counter.column);
    }
    if (nullValue != null) {
      refuse("nullValue", nullValue, codes, counter.column);
    }
    return new OrdinalEncoding.Column(counter.column, counter.type, alone, rare);
  }

  private static void refuse(String parameter, int value, int codes, String column) {
    if (value >= 0 && value < codes) {
      throw new BindException(
          String.format(
              "%s %d is also the code of a category of column '%s', which has codes 0 to %d; set a"
                  + " negative one",
              parameter, value, column, codes - 1));
    }
  }
}
