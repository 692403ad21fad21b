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
import java.util.Locale;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces what is missing, that is nulls and NaN, as scikit-learn's operator of that name.
 *
 * <p>Columns keep their types, except that the mean or median of an integer column makes it
 * float64. When fitting, a median remembers all values and a most frequent value all distinct ones;
 * for the mean an infinite value is an error. Use {@link FillMissing} when a constant is all you
 * need, as that need not see the data first.
 *
 * @param columns numeric columns; for {@code most-frequent} and {@code constant} also text and
 *     boolean ones
 * @param strategy where the replacement comes from: {@code mean}, {@code median}, {@code
 *     most-frequent} (of several the smallest) or {@code constant}
 * @param fill the replacement for {@code constant}, of the type of each column; by default 0, the
 *     text missing_value, or false
 * @param keepEmpty whether a column that has no value at all is filled as for {@code constant}
 *     instead of being an error
 */
public record SimpleImputer(Columns columns, Strategy strategy, String fill, boolean keepEmpty)
    implements Estimator<ImputerState> {

  public SimpleImputer {
    if (fill != null && strategy != Strategy.CONSTANT) {
      throw new IllegalArgumentException(
          "fill is only for strategy constant, but the strategy is " + strategy);
    }
  }

  /** Fills with the mean; a column without any value is an error. */
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
      Fill.check(field, constant(field), false);
    }
    return binder.estimator(
        () -> new ImputerState(fields, strategy), state -> finish(fields, arithmetic, state));
  }

  private Transform finish(List<Field> fields, boolean arithmetic, ImputerState state) {
    List<Fill> fills = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      String value = state.value(i);
      if (value == null) {
        if (strategy != Strategy.CONSTANT && !keepEmpty) {
          throw new IllegalStateException(
              String.format(
                  "column '%s' has no value to take the %s of; drop the column or set keepEmpty",
                  field.getName(), strategy.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        }
        value = constant(field);
      }
      boolean widen = arithmetic && TypeFamily.INTEGER.accepts(field.getType());
      fills.add(new Fill(field.getName(), value, widen));
    }
    return new Filling(fills);
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
