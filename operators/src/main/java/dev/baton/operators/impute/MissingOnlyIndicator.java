package dev.baton.operators.impute;

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
 * Adds a boolean column, never null, for each of some columns that had something missing when
 * fitting: null, or NaN in a floating-point column. It tells where that is so. Put it before the
 * imputer. {@link MissingIndicator} adds one for each column, whatever the data.
 *
 * <p>State: how much is missing in each column.
 *
 * <p>Cost: one look at the nulls of each column and at the values of floats, to fit and to
 * transform.
 *
 * <p>Like: scikit-learn MissingIndicator (gives the new columns alone; SimpleImputer with
 * add_indicator adds them); feature-engine AddMissingIndicator (ignores what is newly missing).
 *
 * @param columns columns to look at; any type
 * @param onNew what becomes of a value that is missing in a column where none was when fitting:
 *     {@code error} (the default) or {@code ignore}
 * @param suffix what the name of the new column has after the name of the old one
 */
public record MissingOnlyIndicator(Columns columns, OnNew onNew, String suffix)
    implements Estimator<MissingCounts> {
  /** What becomes of a value missing where none was when fitting. */
  public enum OnNew {
    ERROR,
    IGNORE
  }

  public MissingOnlyIndicator {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(onNew, "onNew");
    Objects.requireNonNull(suffix, "suffix");
  }

  /** Names the new columns {@code …_missing} and refuses what is newly missing. */
  public MissingOnlyIndicator(Columns columns) {
    this(columns, OnNew.ERROR, "_missing");
  }

  @Override
  public BoundEstimator<MissingCounts> bind(Binder binder) {
    List<String> names = binder.read(columns).stream().map(Field::getName).toList();
    binder.putUnknown();
    return binder.estimator(() -> new MissingCounts(names), state -> finish(names, state));
  }

  private Transform finish(List<String> names, MissingCounts state) {
    List<String> indicated = new ArrayList<>();
    List<String> complete = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      (state.of(i) > 0 ? indicated : complete).add(names.get(i));
    }
    return new Indicating(indicated, onNew == OnNew.ERROR ? complete : List.of(), suffix);
  }
}
