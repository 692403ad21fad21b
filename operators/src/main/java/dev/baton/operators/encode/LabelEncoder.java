package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces the classes in a target column, in place, by int32 codes 0, 1, 2, … in ascending order.
 * A class that was not seen at fit is an error; null stays null, and NaN becomes null.
 *
 * <p>State: how often each class occurs; about 40 bytes for each, plus texts longer than eight
 * bytes.
 *
 * <p>Cost: one search in a hash table a value, in fit and transform.
 *
 * <p>Like: scikit-learn LabelEncoder (NaN is a class); Spark ML StringIndexer (frequency order by
 * default); Ray Data LabelEncoder.
 *
 * @param column a text, bool or numeric column
 */
public record LabelEncoder(String column) implements Estimator<CategoryState> {
  public LabelEncoder {
    Objects.requireNonNull(column, "column");
  }

  @Override
  public BoundEstimator<CategoryState> bind(Binder binder) {
    List<Field> fields = CategoryState.read(binder, Columns.of(column));
    binder.put(Types.field(column, Types.INT32));
    return binder.estimator(() -> new CategoryState(fields), LabelEncoder::finish);
  }

  private static Transform finish(CategoryState state) {
    CategoryState.Counter counter = state.counters().get(0);
    List<String> classes = counter.names(counter.sorted());
    return new OrdinalEncoding(
        List.of(new OrdinalEncoding.Column(counter.column, counter.type, classes, List.of())),
        0,
        OrdinalEncoder.Unknown.ERROR,
        -1,
        1,
        null);
  }
}
