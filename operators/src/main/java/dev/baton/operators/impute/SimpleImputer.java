package dev.baton.operators.impute;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces what is missing, that is nulls and NaN.
 *
 * <p>Columns keep their types, except that the mean or median of an integer column makes it
 * float64. For the mean an infinite value is an error when fitting. A column that has no value at
 * all is dropped unless {@code keepEmpty} is set. Use {@link FillMissing} when a constant is all
 * you need, as that need not see the data first.
 *
 * <p>State: two numbers per column for the mean; all values of each column within 256 MiB for the
 * median, and a deterministic sample of that size beyond it; each distinct value and how often it
 * occurs for the most frequent one.
 *
 * <p>Cost: one pass to fit (linear for the median too) and one to transform. A scaler of the same
 * columns behind it is fitted in the same pass: it is told afterwards what stands where they were
 * missing.
 *
 * <p>Like: scikit-learn SimpleImputer (strategy can be a function; add_indicator: put a
 * missing-only-indicator before); Spark ML Imputer (numeric, approximate median); NVTabular
 * FillMissing and FillMedian; Ray Data SimpleImputer; feature-engine MeanMedianImputer and
 * CategoricalImputer.
 *
 * @param columns numeric columns; for {@code most-frequent} and {@code constant} also text and
 *     boolean ones
 * @param strategy where the replacement comes from: {@code mean}, {@code median}, {@code
 *     most-frequent} (of several the smallest) or {@code constant}
 * @param fill the replacement for {@code constant}, of the type of each column; by default 0, the
 *     text missing_value, or false
 * @param keepEmpty whether a column that has no value at all is filled as for {@code constant}
 *     instead of being dropped
 */
public record SimpleImputer(Columns columns, Strategy strategy, String fill, boolean keepEmpty)
    implements Estimator<ImputerState> {

  public SimpleImputer {
    if (fill != null && strategy != Strategy.CONSTANT) {
      throw new IllegalArgumentException(
          "fill is only for strategy constant, but the strategy is " + strategy);
    }
  }

  /** Fills with the mean; a column without any value is dropped. */
  public SimpleImputer(Columns columns) {
    this(columns, Strategy.MEAN, null, false);
  }

  @Override
  public BoundEstimator<ImputerState> bind(Binder binder) {
    boolean arithmetic = strategy == Strategy.MEAN || strategy == Strategy.MEDIAN;
    List<Field> fields =
        arithmetic
            ? binder.read(columns, TypeFamily.NUMERIC)
            : binder.read(columns, TypeFamily.NUMERIC, TypeFamily.TEXT, TypeFamily.BOOLEAN);
    for (Field field : fields) {
      boolean widen = arithmetic && TypeFamily.INTEGER.accepts(field.getType());
      binder.put(widen ? Types.field(field.getName(), Types.FLOAT64) : field);
      binder.fills(field.getName());
      Fill.check(field, constant(field), false);
      if (!keepEmpty) {
        binder.mayDrop(field.getName());
      }
    }
    return binder.estimator(
        () -> new ImputerState(fields, strategy), state -> finish(fields, arithmetic, state));
  }

  private Transform finish(List<Field> fields, boolean arithmetic, ImputerState state) {
    List<Fill> fills = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      String value = state.value(i);
      if (value == null && !keepEmpty) {
        dropped.add(field.getName());
        continue;
      }
      if (value == null || strategy == Strategy.CONSTANT) {
        value = constant(field);
      }
      boolean widen = arithmetic && TypeFamily.INTEGER.accepts(field.getType());
      fills.add(new Fill(field.getName(), value, widen));
    }
    return new Filling(fills, dropped);
  }

  private String constant(Field field) {
    if (fill != null) {
      return fill;
    }
    if (TypeFamily.TEXT.accepts(field.getType())) {
      return "missing_value";
    }
    return TypeFamily.BOOLEAN.accepts(field.getType()) ? "false" : "0";
  }
}
