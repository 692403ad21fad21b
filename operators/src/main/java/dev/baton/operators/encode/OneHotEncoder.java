package dev.baton.operators.encode;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces each text, bool or numeric column by one int8 column of 0 and 1 per category, as
 * scikit-learn's {@code OneHotEncoder} does (whose output is float64).
 *
 * <p>The new columns go to the end, in the order of {@code columns}: {@code <column>_<category>} in
 * ascending order (text by code points, numbers by value, false before true), then {@code
 * <column>_null} if there were nulls, then {@code <column>_infrequent} if any category was rare. A
 * category "null" or "infrequent" keeps its name and the group gets a trailing underscore. They are
 * never null. A column of very many categories makes as many columns: set {@code maxCategories}, or
 * use an ordinal encoder or a hash bucket instead.
 *
 * <p>State: how often each distinct value occurs, exactly; about 40 bytes for each, plus texts
 * longer than eight bytes.
 *
 * <p>Cost: one search in a hash table a value, in fit and transform, and a byte a row and category.
 *
 * <p>Like: scikit-learn OneHotEncoder (float64, sparse; unknown also warn, drop also given
 * categories; categories are always learnt here) and LabelBinarizer; Spark ML OneHotEncoder (a
 * vector from codes, the last category left out by default); Ray Data OneHotEncoder (a vector,
 * unknown gives zeros).
 *
 * @param columns text, bool and numeric columns
 * @param unknown what becomes of a value that was not seen at fit: {@code error} (the default),
 *     {@code ignore} (zeros in all columns) or {@code infrequent} (as a rare one if there were any,
 *     else zeros)
 * @param minFrequency categories seen less often than this share the column {@code
 *     <column>_infrequent}: a number of rows, or below 1 a share of them; 0 and 1 turn it off (the
 *     default)
 * @param maxCategories the most columns to make of one column, {@code <column>_infrequent} counted;
 *     the rarest share it, and as in scikit-learn a column with exactly so many categories groups
 *     too; 0 means no limit (the default)
 * @param nulls {@code category}: null is a category like any other (the default); {@code zeros}:
 *     zeros in all columns
 * @param drop {@code none} (the default), {@code first} or {@code if-binary}: leave out the first
 *     new column of each, or of those that make exactly two, for models that need independent
 *     columns
 */
public record OneHotEncoder(
    Columns columns,
    Unknown unknown,
    double minFrequency,
    int maxCategories,
    Nulls nulls,
    Drop drop)
    implements Estimator<CategoryState> {

  /** What becomes of a value that was not seen at fit. */
  public enum Unknown {
    ERROR,
    IGNORE,
    INFREQUENT
  }

  /** What becomes of a null. */
  public enum Nulls {
    CATEGORY,
    ZEROS
  }

  /** Which new columns are left out. */
  public enum Drop {
    NONE,
    FIRST,
    IF_BINARY
  }

  public OneHotEncoder {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(unknown, "unknown");
    Objects.requireNonNull(nulls, "nulls");
    Objects.requireNonNull(drop, "drop");
    RareCategories.check(minFrequency, maxCategories);
  }

  public OneHotEncoder(Columns columns) {
    this(columns, Unknown.ERROR, 0, 0, Nulls.CATEGORY, Drop.NONE);
  }

  @Override
  public BoundEstimator<CategoryState> bind(Binder binder) {
    List<Field> fields = CategoryState.read(binder, columns);
    fields.forEach(field -> binder.drop(field.getName()));
    binder.putUnknown();
    return binder.estimator(() -> new CategoryState(fields), this::finish);
  }

  private Transform finish(CategoryState state) {
    List<OneHotEncoding.Column> fitted = new ArrayList<>();
    for (CategoryState.Counter counter : state.counters()) {
      fitted.add(finish(counter));
    }
    return new OneHotEncoding(fitted, unknown, drop);
  }

  private OneHotEncoding.Column finish(CategoryState.Counter counter) {
    int[] sorted = counter.sorted();
    // Null counts among the categories, as the one that sorts last.
    boolean nullCategory = nulls == Nulls.CATEGORY && counter.nulls() > 0;
    long[] counts = new long[sorted.length + (nullCategory ? 1 : 0)];
    for (int i = 0; i < sorted.length; i++) {
      counts[i] = counter.count(sorted[i]);
    }
    if (nullCategory) {
      counts[sorted.length] = counter.nulls();
    }
    boolean[] isRare =
        RareCategories.find(
            counts, RareCategories.least(minFrequency, counter.rows()), maxCategories);
    List<String> alone = new ArrayList<>();
    List<String> rare = new ArrayList<>();
    boolean anyRare = false;
    for (int i = 0; i < counts.length; i++) {
      anyRare |= isRare[i];
      if (i < sorted.length && !isRare[i]) {
        alone.add(counter.name(sorted[i]));
      } else if (i < sorted.length && unknown != Unknown.INFREQUENT) {
        rare.add(counter.name(sorted[i]));
      }
    }
    OneHotEncoding.NullPlace place =
        nulls == Nulls.ZEROS
            ? OneHotEncoding.NullPlace.ZEROS
            : !nullCategory
                ? OneHotEncoding.NullPlace.UNKNOWN
                : isRare[sorted.length]
                    ? OneHotEncoding.NullPlace.INFREQUENT
                    : OneHotEncoding.NullPlace.OWN;
    return new OneHotEncoding.Column(counter.column, counter.type, alone, rare, anyRare, place);
  }
}
