package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.text.Output;
import dev.baton.operators.text.VectorForm;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Turns the values of several columns into one vector of hashed features, without a fit, with the
 * same numbers as scikit-learn's {@code FeatureHasher}: the text {@code red} in a column {@code
 * colour} adds 1 to the feature of {@code colour=red}, a number or bool adds its value to that of
 * the column's name. The feature is {@code |hash| mod features} of MurmurHash3 (32 bits, seed 0); a
 * value is taken off where the hash is negative and {@code signed} is on, so that collisions cancel
 * out on average. Null and NaN add nothing.
 *
 * <p>A sparse vector is two columns at the end: {@code <into>_indices}, a list of int32 in
 * ascending order, and {@code <into>_values}, a list of as many float64, without zeros. A dense
 * vector is a list {@code <into>} of exactly {@code features} float64; with {@code columns} each
 * feature is a float64 column {@code <into>_<feature>}. The source columns stay.
 *
 * <p>State: none.
 *
 * <p>Cost: one hash a value, and sorting a row's features.
 *
 * <p>Source: Weinberger, Dasgupta, Langford, Smola, Attenberg, Feature hashing for large scale
 * multitask learning (2009).
 *
 * <p>Like: scikit-learn FeatureHasher (from dictionaries, pairs or texts); Spark ML FeatureHasher
 * (bools as text, no sign, 2^18 features); Ray Data FeatureHasher (counts of tokens).
 *
 * @param columns text, numeric and bool columns
 * @param features the length of the vectors, at least 1 (default 1048576)
 * @param signed add by the sign of the hash (default true)
 * @param output {@code sparse} (the default); {@code dense} or {@code columns}, which are for few
 *     features
 * @param into the name of the new columns (default features)
 */
public record FeatureHasher(
    Columns columns, int features, boolean signed, Output output, String into)
    implements Transform {

  public FeatureHasher {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(into, "into");
    if (features < 1) {
      throw new IllegalArgumentException("features must be at least 1 but was " + features);
    }
  }

  public FeatureHasher(Columns columns) {
    this(columns, 1 << 20, true, Output.SPARSE, "features");
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields =
        binder.read(columns, TypeFamily.TEXT, TypeFamily.NUMERIC, TypeFamily.BOOLEAN);
    VectorForm form =
        VectorForm.of(into, false, output, Types.FLOAT64, features, Integer::toString);
    VectorForm.declare(List.of(form), binder);
    return binder.transform(context -> new FeatureKernel(this, fields, form, context));
  }
}
