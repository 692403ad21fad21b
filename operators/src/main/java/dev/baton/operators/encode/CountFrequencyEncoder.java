package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
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
 * Replaces the values of text, bool and numeric columns, in place, by how often they occurred in
 * the fitted rows, as float64. Null, and NaN with it, is a value like any other.
 *
 * <p>State: how often each distinct value occurs, exactly; about 40 bytes for each, plus texts
 * longer than eight bytes.
 *
 * <p>Cost: one search in a hash table a value, in fit and transform.
 *
 * <p>Like: feature-engine's CountFrequencyEncoder (unknown becomes null by default, null is an
 * error).
 *
 * @param columns text, bool and numeric columns
 * @param method {@code count} (the default) or {@code frequency}, the count divided by the number
 *     of rows
 * @param unknown what becomes of a value that was not seen at fit: {@code zero} (the default),
 *     {@code null} or {@code error}
 */
public record CountFrequencyEncoder(Columns columns, Method method, Unknown unknown)
    implements Estimator<CategoryState> {

  /** What stands for a value. */
  public enum Method {
    COUNT,
    FREQUENCY
  }

  /** What becomes of a value that was not seen at fit. */
  public enum Unknown {
    ZERO,
    NULL,
    ERROR
  }

  public CountFrequencyEncoder {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(unknown, "unknown");
  }

  public CountFrequencyEncoder(Columns columns) {
    this(columns, Method.COUNT, Unknown.ZERO);
  }

  @Override
  public BoundEstimator<CategoryState> bind(Binder binder) {
    List<Field> fields = CategoryState.read(binder, columns);
    fields.forEach(field -> binder.put(Types.field(field.getName(), Types.FLOAT64)));
    return binder.estimator(() -> new CategoryState(fields), this::finish);
  }

  private Transform finish(CategoryState state) {
    List<CategoryValues.Column> fitted = state.counters().stream().map(this::finish).toList();
    return new CategoryValues(fitted, List.of(), unknown == Unknown.ERROR);
  }

  private CategoryValues.Column finish(CategoryState.Counter counter) {
    int[] sorted = counter.sorted();
    double rows = method == Method.FREQUENCY ? counter.rows() : 1;
    double unseen = unknown == Unknown.ZERO ? 0 : Double.NaN;
    List<Double> values = new ArrayList<>();
    for (int number : sorted) {
      values.add(counter.count(number) / rows);
    }
    values.add(counter.nulls() == 0 ? unseen : counter.nulls() / rows);
    values.add(unseen);
    return new CategoryValues.Column(
        counter.column, counter.type, counter.names(sorted), List.of(values));
  }
}
