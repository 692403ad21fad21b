package dev.baton.operators.encode;

import dev.baton.engine.operator.BindException;
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
 * Replaces categories, in place, by how much they speak for a binary target: the logarithm of the
 * share of the rows of target 1 that have the category over that of the rows of target 0, as
 * float64. Null, and NaN with it, is a category like any other; one that was not seen at fit says
 * nothing, which is 0. Rows whose target is null or NaN are encoded but not learnt from.
 *
 * <p>With {@code r} for the regularization it is {@code ln(((ones + r) / (allOnes + 2r)) / ((zeros
 * + r) / (allZeros + 2r)))}. Rows are encoded by their own targets too; a target encoder keeps
 * folds apart.
 *
 * <p>State: three float64 for each distinct value, and the value; grows with the distinct values.
 *
 * <p>Cost: one search in a hash table a value, in fit and transform.
 *
 * <p>Source: Good, Probability and the weighing of evidence (1950).
 *
 * <p>Like: feature-engine's WoEEncoder (regularization 0, unknown and null are errors);
 * category_encoders' WOEEncoder (a category of one row becomes 0).
 *
 * @param columns text, bool and numeric columns
 * @param target the column to predict, bool or of 0 and 1
 * @param regularization rows of either target that each category is mixed with; with 0 a category
 *     that has only one of the targets is an error (default 1)
 */
public record WeightOfEvidenceEncoder(Columns columns, String target, double regularization)
    implements Estimator<TargetState> {

  public WeightOfEvidenceEncoder {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(target, "target");
    if (!(regularization >= 0 && regularization < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "regularization must be at least 0 and finite but was " + regularization);
    }
  }

  public WeightOfEvidenceEncoder(Columns columns, String target) {
    this(columns, target, 1);
  }

  @Override
  public BoundEstimator<TargetState> bind(Binder binder) {
    List<Field> fields = TargetEncoder.read(binder, columns, target);
    return binder.estimator(() -> new TargetState(target, fields, 1, true), this::finish);
  }

  private Transform finish(TargetState state) {
    FoldedMoments.Sum all = state.all().without(-1, 0);
    List<CategoryValues.Column> fitted = new ArrayList<>();
    for (TargetColumn column : state.columns()) {
      int[] sorted = column.sorted();
      List<String> names = column.names(sorted);
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < sorted.length; i++) {
        values.add(weight(column, names.get(i), column.without(-1, sorted[i]), all));
      }
      values.add(weight(column, "null", column.without(-1, -1), all));
      values.add(0.0);
      fitted.add(new CategoryValues.Column(column.name, column.type, names, List.of(values)));
    }
    return new CategoryValues(fitted, List.of(), false);
  }

  private double weight(
      TargetColumn column, String category, FoldedMoments.Sum sum, FoldedMoments.Sum all) {
    if (sum.count() == 0) {
      return 0;
    }
    double ones = ones(sum) + regularization;
    double zeros = sum.count() - ones(sum) + regularization;
    if (ones == 0 || zeros == 0) {
      throw new BindException(
          String.format(
              "category '%s' of column '%s' has no row of target %d, whose logarithm is infinite;"
                  + " set regularization above 0 or group rare categories before this stage",
              category, column.name, ones == 0 ? 1 : 0));
    }
    double shareOfOnes = ones / (ones(all) + 2 * regularization);
    double shareOfZeros = zeros / (all.count() - ones(all) + 2 * regularization);
    return StrictMath.log(shareOfOnes / shareOfZeros);
  }

  /** How many rows have target 1. */
  private static double ones(FoldedMoments.Sum sum) {
    return Math.rint(sum.count() * sum.mean());
  }
}
