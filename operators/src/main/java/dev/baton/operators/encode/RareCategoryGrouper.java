package dev.baton.operators.encode;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces rare categories of text columns, and those that were not seen at fit, by one text. Null
 * stays null.
 *
 * <p>A column with no more than {@code minCategories} categories keeps them all, however rare.
 *
 * <p>State: how often each distinct value occurs, exactly; about 40 bytes for each, plus texts
 * longer than eight bytes.
 *
 * <p>Cost: one search in a hash table a value, in fit and transform, and a copy of the texts.
 *
 * <p>Like: feature-engine's RareLabelEncoder (equally frequent categories in another order).
 *
 * @param columns text columns
 * @param tolerance the share of the rows that are not null below which a category is rare, from 0
 *     to 1 (default 0.05)
 * @param minCategories group only in columns of more categories than this (default 10)
 * @param maxCategories the most categories to keep, the most frequent, of equally frequent ones the
 *     first in order; 0 means no limit (the default)
 * @param replacement what stands for rare ones (default Rare)
 */
public record RareCategoryGrouper(
    Columns columns, double tolerance, int minCategories, int maxCategories, String replacement)
    implements Estimator<CategoryState> {

  public RareCategoryGrouper {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(replacement, "replacement");
    if (!(tolerance >= 0 && tolerance <= 1)) {
      throw new IllegalArgumentException("tolerance must be from 0 to 1 but was " + tolerance);
    }
    if (minCategories < 0) {
      throw new IllegalArgumentException(
          "minCategories must be at least 0 but was " + minCategories);
    }
    RareCategories.check(0, maxCategories);
  }

  public RareCategoryGrouper(Columns columns) {
    this(columns, 0.05, 10, 0, "Rare");
  }

  @Override
  public BoundEstimator<CategoryState> bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.TEXT);
    fields.forEach(binder::put);
    return binder.estimator(() -> new CategoryState(fields), this::finish);
  }

  private Transform finish(CategoryState state) {
    return new RareGrouping(state.counters().stream().map(this::finish).toList(), replacement);
  }

  private RareGrouping.Column finish(CategoryState.Counter counter) {
    long rows = counter.rows() - counter.nulls();
    boolean keepsAll = counter.size() <= minCategories;
    int limit = keepsAll || maxCategories == 0 ? Integer.MAX_VALUE : maxCategories;
    int[] frequent = counter.frequent(keepsAll ? 0 : fewest(rows), limit);
    return new RareGrouping.Column(counter.column, counter.names(frequent));
  }

  /** The smallest count of {@code rows} that is no smaller a share than the tolerance. */
  private long fewest(long rows) {
    long fewest = (long) (tolerance * rows);
    while ((double) fewest / rows < tolerance) {
      fewest++;
    }
    return fewest;
  }
}
