package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces categories, in place, by the mean of a target among the rows of the category, drawn
 * towards the mean of all rows where the category says little, as float64. Null, and NaN with it,
 * is a category like any other; a category that was not seen at fit gets the mean of all rows.
 *
 * <p>Rows that are fitted and transformed in one run are encoded by what the rows of other folds
 * say, so that no row sees its own target; a fitted pipeline encodes other rows by all fitted rows.
 * Row <i>n</i> is in fold <i>n</i> mod {@code folds}: put a shuffle before this stage where rows
 * come in a cycle. Rows whose target is null or NaN are encoded but not learnt from. Null comes out
 * where nothing was learnt at all.
 *
 * <p>State: three float64 for each distinct value and fold, and the value; grows with the distinct
 * values.
 *
 * <p>Cost: one search in a hash table a value, in fit and transform.
 *
 * <p>Source: Micci-Barreca, A preprocessing scheme for high-cardinality categorical attributes
 * (2001).
 *
 * <p>Like: scikit-learn TargetEncoder (shuffled folds; categories can be given; several classes:
 * see multiclass-target-encoder); Spark ML TargetEncoder (no folds, smoothing 0); NVTabular
 * TargetEncoding (folds at random, smoothing 20).
 *
 * @param columns text, bool and numeric columns
 * @param target the column to predict, numeric or bool; false is 0 and true is 1
 * @param smooth how many rows of the overall mean each category is mixed with; without it the
 *     empirical Bayes estimate, by the variances of the target within the category and overall (the
 *     default)
 * @param folds how many folds, at least 1, which encodes rows by their own targets too (default 5)
 */
public record TargetEncoder(Columns columns, String target, Double smooth, int folds)
    implements Estimator<TargetState> {

  public TargetEncoder {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(target, "target");
    check(smooth, folds);
  }

  public TargetEncoder(Columns columns, String target) {
    this(columns, target, null, 5);
  }

  @Override
  public BoundEstimator<TargetState> bind(Binder binder) {
    List<Field> fields = read(binder, columns, target);
    return binder.estimator(() -> new TargetState(target, fields, folds, false), this::finish);
  }

  static void check(Double smooth, int folds) {
    if (folds < 1) {
      throw new IllegalArgumentException("folds must be at least 1 but was " + folds);
    }
    if (smooth != null && !(smooth >= 0 && smooth < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "smooth must be at least 0 and finite but was "
              + smooth
              + "; leave it out to estimate it");
    }
  }

  /** The columns of categories, which will become float64, when the target is none of them. */
  static List<Field> read(Binder binder, Columns columns, String target) {
    binder.read(target, TypeFamily.NUMERIC, TypeFamily.BOOLEAN);
    List<Field> fields = categories(binder, columns, target);
    fields.forEach(field -> binder.put(Types.field(field.getName(), Types.FLOAT64)));
    return fields;
  }

  /** The columns of categories, when the target is none of them. */
  static List<Field> categories(Binder binder, Columns columns, String target) {
    List<Field> fields = CategoryState.read(binder, columns);
    for (Field field : fields) {
      if (field.getName().equals(target)) {
        throw new BindException(
            "column '" + target + "' cannot be encoded by itself; leave it out of columns");
      }
    }
    return fields;
  }

  @Override
  public Operator forOtherRows(Transform fitted) {
    return ((CategoryValues) fitted).withoutFolds();
  }

  private Transform finish(TargetState state) {
    List<CategoryValues.Column> fitted = new ArrayList<>();
    for (TargetColumn column : state.columns()) {
      int[] sorted = column.sorted();
      List<List<Double>> values = new ArrayList<>();
      // The last is that of no fold.
      for (int fold = folds == 1 ? 1 : 0; fold <= folds; fold++) {
        values.add(values(state, column, sorted, fold));
      }
      fitted.add(new CategoryValues.Column(column.name, column.type, column.names(sorted), values));
    }
    return new CategoryValues(fitted, folds == 1 ? List.of() : state.starts(), false);
  }

  private List<Double> values(TargetState state, TargetColumn column, int[] sorted, int fold) {
    FoldedMoments.Sum all = state.all().without(fold, 0);
    double overall = all.count() == 0 ? Double.NaN : all.mean();
    List<Double> values = new ArrayList<>();
    for (int number : sorted) {
      values.add(value(column.without(fold, number), all, smooth));
    }
    values.add(value(column.without(fold, -1), all, smooth));
    values.add(overall);
    return values;
  }

  /**
   * What a category becomes.
   *
   * @param category the target in its rows
   * @param all the target in all rows
   * @param smooth as in the encoder
   */
  static double value(FoldedMoments.Sum category, FoldedMoments.Sum all, Double smooth) {
    double overall = all.count() == 0 ? Double.NaN : all.mean();
    if (category.count() == 0) {
      return overall;
    }
    if (smooth != null) {
      return (category.count() * category.mean() + smooth * overall) / (category.count() + smooth);
    }
    double weight = all.variance() * category.count();
    weight /= weight + category.variance();
    return Double.isNaN(weight) ? overall : weight * category.mean() + (1 - weight) * overall;
  }
}
