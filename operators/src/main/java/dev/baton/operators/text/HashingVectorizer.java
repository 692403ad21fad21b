package dev.baton.operators.text;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Turns texts into vectors of hashed term counts, without a fit, with the same numbers as
 * scikit-learn's {@code HashingVectorizer}. Each term is hashed (MurmurHash3, 32 bits, seed 0) to
 * the feature {@code |hash| mod features} and counted there, as -1 when its hash is negative and
 * {@code signed} is on, so that collisions cancel out on average.
 *
 * <p>A sparse vector is two columns at the end, in place of the source column: {@code
 * <column>_indices}, a list of int32 in ascending order, and {@code <column>_values}, a list of as
 * many numbers of {@code type}; counts that cancelled out to zero are left out. A dense vector is a
 * list of exactly {@code features} numbers in the place of the source column; with {@code columns}
 * each feature is a column {@code <column>_<feature>} at the end instead. Null stays null; a text
 * without terms becomes an empty sparse or an all-zero dense vector.
 *
 * <p>Cost: linear in the text; a sort of the terms of each row.
 *
 * <p>Source: Weinberger et al., Feature Hashing for Large Scale Multitask Learning (2009).
 *
 * <p>Like: scikit-learn HashingVectorizer (float64 by default); Spark ML HashingTF (2^18 features,
 * no sign, no norm); Ray Data HashingVectorizer (one column per feature, no sign).
 *
 * @param columns columns of text, or of lists of texts: then each is a token already
 * @param features the length of the vectors, at least 1 (default 1048576)
 * @param norm divide each vector by its {@code l2} norm (the default) or {@code l1} norm, or {@code
 *     none}
 * @param signed count by the sign of the hash (default true)
 * @param binary 1 for each feature that a term is hashed to, whatever its count and sign (default
 *     false)
 * @param output {@code sparse} (the default); {@code dense} or {@code columns}, which are for few
 *     features
 * @param analyzer how texts are cut into terms: {@code unit}, {@code pattern}, {@code lowercase},
 *     {@code accents}, {@code min-length}, {@code stop-words}, {@code min-gram}, {@code max-gram},
 *     see {@link Analyzer}; by default single words in lower case
 * @param type {@code float32} (the default) or {@code float64}
 */
public record HashingVectorizer(
    Columns columns,
    int features,
    Norm norm,
    boolean signed,
    boolean binary,
    Output output,
    Analyzer analyzer,
    ArrowType type)
    implements Transform {

  public HashingVectorizer {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(norm, "norm");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(analyzer, "analyzer");
    if (!Types.FLOAT32.equals(type) && !Types.FLOAT64.equals(type)) {
      throw new IllegalArgumentException(
          "type must be float32 or float64 but was " + Types.name(type));
    }
    if (features < 1) {
      throw new IllegalArgumentException("features must be at least 1 but was " + features);
    }
  }

  public HashingVectorizer(Columns columns) {
    this(columns, 1 << 20);
  }

  /** Vectors of that length, all else by default. */
  public HashingVectorizer(Columns columns, int features) {
    this(columns, features, Norm.L2, true, false, Output.SPARSE, new Analyzer());
  }

  /** Vectors of float32. */
  public HashingVectorizer(
      Columns columns,
      int features,
      Norm norm,
      boolean signed,
      boolean binary,
      Output output,
      Analyzer analyzer) {
    this(columns, features, norm, signed, binary, output, analyzer, Types.FLOAT32);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = Documents.read(columns, binder);
    List<String> names = fields.stream().map(Field::getName).toList();
    List<VectorForm> forms =
        names.stream()
            .map(n -> VectorForm.of(n, true, output, type, features, Integer::toString))
            .toList();
    VectorForm.declare(forms, binder);
    return binder.transform(context -> new HashingKernel(this, forms, context));
  }
}
