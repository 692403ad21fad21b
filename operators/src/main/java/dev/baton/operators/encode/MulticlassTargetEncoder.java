package dev.baton.operators.encode;

import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces categories by how often rows of the category have each class of a target, drawn towards
 * the share of the class among all rows where the category says little. A column {@code colour} and
 * classes {@code a}, {@code b}, {@code c} become {@code colour_a}, {@code colour_b} and {@code
 * colour_c}, float64, in the ascending order of the classes at the end.
 *
 * <p>Missing and unknown categories, missing targets and folds are treated as by a target encoder,
 * which is for numbers and two classes. A target of more than 1,000 classes is an error.
 *
 * <p>State: a count for each value, class and fold that occur together, exact, and the value.
 *
 * <p>Cost: two searches in hash tables a value to fit; to transform one a value and one number
 * written for each class.
 *
 * <p>Source: Micci-Barreca, A preprocessing scheme for high-cardinality categorical attributes
 * (2001).
 *
 * <p>Like: scikit-learn TargetEncoder (target_type multiclass; shuffled folds).
 *
 * @param columns text, bool and numeric columns
 * @param target the column to predict, whose values are classes: text, bool or integer
 * @param smooth how many rows of the overall share each category is mixed with; without it the
 *     empirical Bayes estimate, by the variances of the class within the category and overall (the
 *     default)
 * @param folds how many folds, at least 1, which encodes rows by their own targets too (default 5)
 */
public record MulticlassTargetEncoder(Columns columns, String target, Double smooth, int folds)
    implements Estimator<ClassState> {
  private static final int MOST_CLASSES = 1000;

  public MulticlassTargetEncoder {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(target, "target");
    TargetEncoder.check(smooth, folds);
  }

  public MulticlassTargetEncoder(Columns columns, String target) {
    this(columns, target, null, 5);
  }

  @Override
  public BoundEstimator<ClassState> bind(Binder binder) {
    Field classes = binder.read(target, TypeFamily.TEXT, TypeFamily.BOOLEAN, TypeFamily.INTEGER);
    List<Field> fields = TargetEncoder.categories(binder, columns, target);
    fields.forEach(field -> binder.drop(field.getName()));
    binder.putUnknown();
    return binder.estimator(() -> new ClassState(classes, fields, folds), this::finish);
  }

  @Override
  public Operator forOtherRows(Transform fitted) {
    return ((ClassValues) fitted).withoutFolds();
  }

  private Transform finish(ClassState state) {
    int[] classes = state.sortedClasses();
    if (classes.length > MOST_CLASSES) {
      throw new BindException(
          String.format(
              "target '%s' has %d classes but may have %d, each of which makes a column; use a"
                  + " target-encoder if it is a number, or group its rare classes",
              target, classes.length, MOST_CLASSES));
    }
    List<ClassValues.Column> fitted = new ArrayList<>();
    for (ClassColumn column : state.columns()) {
      int[] sorted = column.sorted();
      List<ClassValues.Output> outputs = new ArrayList<>();
      for (int of : classes) {
        List<List<Double>> values = new ArrayList<>();
        // The last is that of no fold.
        for (int fold = folds == 1 ? 1 : 0; fold <= folds; fold++) {
          values.add(values(state, column, sorted, of, fold));
        }
        outputs.add(new ClassValues.Output(column.name + "_" + state.className(of), values));
      }
      fitted.add(
          new ClassValues.Column(
              column.name, column.type, Keys.names(column.type, column.keys, sorted), outputs));
    }
    return new ClassValues(fitted, folds == 1 ? List.of() : state.starts());
  }

  private List<Double> values(
      ClassState state, ClassColumn column, int[] sorted, int of, int fold) {
    FoldedMoments.Sum all = state.all().without(fold, 0, of);
    double overall = all.count() == 0 ? Double.NaN : all.mean();
    Double[] values = new Double[sorted.length + 2];
    for (int i = 0; i < sorted.length; i++) {
      FoldedMoments.Sum category = column.counts.without(fold, 1 + sorted[i], of);
      values[i] = TargetEncoder.value(category, all, smooth);
    }
    values[sorted.length] = TargetEncoder.value(column.counts.without(fold, 0, of), all, smooth);
    values[sorted.length + 1] = overall;
    return Arrays.asList(values);
  }
}
