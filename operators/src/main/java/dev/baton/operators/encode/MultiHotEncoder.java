package dev.baton.operators.encode;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Turns columns of several labels a row into 0 and 1 for each label, as scikit-learn's {@code
 * MultiLabelBinarizer} does. A column is one of lists of texts, or of texts with the labels between
 * delimiters, where empty labels count as none. A label that a row has twice counts once.
 *
 * <p>{@code columns} makes int8 columns at the end, {@code <column>_<label>} in ascending order by
 * code points, in place of the source column; null has no labels. {@code list} puts a list of as
 * many int8 in the place of the source column; null stays null.
 *
 * <p>State: the distinct labels; about 32 bytes for each, plus those longer than eight bytes.
 *
 * <p>Cost: one search in a hash table a label, in fit and transform, and a byte a row and label.
 *
 * <p>Like: scikit-learn MultiLabelBinarizer (classes can be given; labels of any type); Ray Data
 * MultiHotEncoder (counts labels, a vector).
 *
 * @param columns text columns and columns of lists of text
 * @param delimiter what stands between the labels of a text (default |)
 * @param output {@code columns} (the default) or {@code list}
 * @param unknown what becomes of a label that was not seen at fit: {@code ignore} (the default) or
 *     {@code error}
 */
public record MultiHotEncoder(Columns columns, String delimiter, Output output, Unknown unknown)
    implements Estimator<LabelState> {

  /** How the zeros and ones are written. */
  public enum Output {
    COLUMNS,
    LIST
  }

  /** What becomes of a label that was not seen at fit. */
  public enum Unknown {
    IGNORE,
    ERROR
  }

  public MultiHotEncoder {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(unknown, "unknown");
    if (delimiter.isEmpty()) {
      throw new IllegalArgumentException("delimiter must have at least one character");
    }
  }

  public MultiHotEncoder(Columns columns) {
    this(columns, "|", Output.COLUMNS, Unknown.IGNORE);
  }

  @Override
  public BoundEstimator<LabelState> bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.ANY);
    fields.forEach(Labels::check);
    List<String> names = fields.stream().map(Field::getName).toList();
    if (output == Output.COLUMNS) {
      names.forEach(binder::drop);
      binder.putUnknown();
    } else {
      names.forEach(name -> binder.put(MultiHotEncoding.list(name)));
    }
    return binder.estimator(() -> new LabelState(names, delimiter), state -> finish(names, state));
  }

  private Transform finish(List<String> names, LabelState state) {
    List<MultiHotEncoding.Column> fitted = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fitted.add(new MultiHotEncoding.Column(names.get(i), state.labels(i)));
    }
    return new MultiHotEncoding(fitted, delimiter, output, unknown);
  }
}
