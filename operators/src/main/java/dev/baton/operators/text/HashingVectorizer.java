package dev.baton.operators.text;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Patterns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Turns texts into vectors of hashed token counts, without a fit, with the same numbers as
 * scikit-learn's {@code HashingVectorizer}. Tokens are those of {@link Tokenize}; each n-gram is
 * hashed (MurmurHash3, 32 bits, seed 0) to the feature {@code |hash| mod features} and counted
 * there, as -1 when its hash is negative and {@code signed} is on, so that collisions cancel out on
 * average.
 *
 * <p>A sparse vector is two columns at the end, in place of the source column: {@code
 * <column>_indices}, a list of int32 in ascending order, and {@code <column>_values}, a list of as
 * many float32; counts that cancelled out to zero are left out. A dense vector is a list of exactly
 * {@code features} float32 in the place of the source column. Null stays null; a text without
 * tokens becomes an empty sparse or an all-zero dense vector.
 *
 * <p>Two are equal when their patterns have the same text and flags and all else is equal.
 *
 * @param columns text columns
 * @param features the length of the vectors, at least 1 (default 1048576)
 * @param minGram count n-grams of at least so many tokens, joined by a space (default 1)
 * @param maxGram count n-grams of at most so many tokens (default 1)
 * @param norm divide each vector by its {@code l2} norm (the default) or {@code l1} norm, or {@code
 *     none}
 * @param signed count by the sign of the hash (default true)
 * @param output {@code sparse} (the default) or {@code dense}, which is for few features
 * @param pattern as in {@link Tokenize}
 * @param lowercase as in {@link Tokenize} (default true)
 * @param minLength as in {@link Tokenize} (default 2, with a pattern 1)
 */
public record HashingVectorizer(
    Columns columns,
    int features,
    int minGram,
    int maxGram,
    Norm norm,
    boolean signed,
    Output output,
    Pattern pattern,
    boolean lowercase,
    Integer minLength)
    implements Transform {

  /** What each vector is divided by. */
  public enum Norm {
    L1,
    L2,
    NONE
  }

  /** How vectors are written. */
  public enum Output {
    SPARSE,
    DENSE
  }

  public HashingVectorizer {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(norm, "norm");
    Objects.requireNonNull(output, "output");
    if (features < 1) {
      throw new IllegalArgumentException("features must be at least 1 but was " + features);
    }
    if (minGram < 1 || maxGram < minGram) {
      throw new IllegalArgumentException(
          String.format(
              "minGram must be at least 1 and at most maxGram, but they were %d and %d",
              minGram, maxGram));
    }
    Tokens.check(pattern, minLength);
  }

  public HashingVectorizer(Columns columns) {
    this(columns, 1 << 20);
  }

  /** Vectors of that length, all else by default. */
  public HashingVectorizer(Columns columns, int features) {
    this(columns, features, 1, 1, Norm.L2, true, Output.SPARSE, null, true, null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HashingVectorizer that
        && Patterns.equal(pattern, that.pattern)
        && others().equals(that.others());
  }

  @Override
  public int hashCode() {
    return Objects.hash(others(), Patterns.hash(pattern));
  }

  /** All components but the pattern. */
  private List<Object> others() {
    return Arrays.asList(
        columns, features, minGram, maxGram, norm, signed, output, lowercase, minLength);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.TEXT);
    List<String> names = fields.stream().map(Field::getName).toList();
    for (String name : names) {
      if (output == Output.DENSE) {
        binder.put(dense(name));
      } else {
        binder.drop(name);
        binder.put(indices(name));
        binder.put(values(name));
      }
    }
    return binder.transform(context -> new HashingKernel(this, names, context));
  }

  static Field indices(String column) {
    return Types.listField(column + "_indices", Types.INT32);
  }

  static Field values(String column) {
    return Types.listField(column + "_values", Types.FLOAT32);
  }

  static Field dense(String column) {
    return Types.listField(column, Types.FLOAT32);
  }
}
