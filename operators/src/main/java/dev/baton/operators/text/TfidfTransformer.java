package dev.baton.operators.text;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.TypeFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Weighs counts that are already there, such as a {@link HashingVectorizer} makes, as {@link
 * TfidfVectorizer} weighs those of terms, with the same numbers as scikit-learn's {@code
 * TfidfTransformer}.
 *
 * <p>A dense vector is a column of lists of numbers. A sparse one is a column of lists of numbers
 * {@code <name>_values}, beside which stands {@code <name>_indices}, the features they are of; name
 * the former. Its values become float64 in their place, one for each that was there. Null is no
 * document and stays null; an element that is null counts as 0, and NaN stays NaN.
 *
 * <p>State: one count for each feature that occurs, exact; grows with these.
 *
 * <p>Cost: linear in the values, with one search in a hash table each, in fit and transform.
 *
 * <p>Source: Spärck Jones, A statistical interpretation of term specificity (1972), smoothed as
 * scikit-learn does.
 *
 * <p>Like: scikit-learn TfidfTransformer (a stored 0 counts as occurring); Spark ML IDF (no 1 is
 * added, no norm).
 *
 * @param columns list columns: dense vectors, or the {@code …_values} of sparse ones
 * @param idf multiply by the inverse document frequency (default true)
 * @param smooth take one text more, which has every feature, for granted (default true); without it
 *     the factor is {@code ln(n / df) + 1}, and a feature that was not seen at fit is an error
 * @param sublinear take {@code 1 + ln(count)} for a count that is not 0 (default false)
 * @param norm divide each vector by its {@code l2} norm (the default) or {@code l1} norm, or {@code
 *     none}
 */
public record TfidfTransformer(
    Columns columns, boolean idf, boolean smooth, boolean sublinear, Norm norm)
    implements Estimator<FeatureCounts> {

  public TfidfTransformer {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(norm, "norm");
  }

  public TfidfTransformer(Columns columns) {
    this(columns, true, true, false, Norm.L2);
  }

  @Override
  public BoundEstimator<FeatureCounts> bind(Binder binder) {
    List<Vector> vectors = new ArrayList<>();
    for (Field field : binder.read(columns)) {
      vectors.add(Vector.read(field, binder));
    }
    return binder.estimator(
        () -> new FeatureCounts(vectors), counts -> new Reweighting(counts.seen(), this));
  }

  /**
   * A vector in each row.
   *
   * @param values the column of its values
   * @param indices the column of their features; null when it is dense
   */
  record Vector(String values, String indices) {
    private static final String VALUES = "_values";

    /** Finds and declares the columns of a vector. */
    static Vector read(Field field, Binder binder) {
      if (!isNumbers(field, TypeFamily.NUMERIC)) {
        throw new BindException(
            String.format(
                "column '%s' is %s but must be a list of numbers; put a count-vectorizer or"
                    + " hashing-vectorizer before this stage, and name its values",
                field.getName(), Types.name(field.getType())));
      }
      String name = field.getName();
      binder.put(Types.listField(name, Types.FLOAT64));
      if (name.endsWith(VALUES)) {
        String indices = name.substring(0, name.length() - VALUES.length()) + "_indices";
        for (Field other : binder.input().getFields()) {
          if (other.getName().equals(indices) && isNumbers(other, TypeFamily.INTEGER)) {
            binder.read(indices);
            return new Vector(name, indices);
          }
        }
      }
      return new Vector(name, null);
    }

    private static boolean isNumbers(Field field, TypeFamily family) {
      return field.getType() instanceof ArrowType.List
          && family.accepts(field.getChildren().get(0).getType());
    }
  }
}
