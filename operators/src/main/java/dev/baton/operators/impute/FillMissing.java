package dev.baton.operators.impute;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces what is missing, that is nulls and NaN, by a constant. Columns keep their types.
 *
 * <p>Cost: one pass.
 *
 * <p>Like: scikit-learn SimpleImputer (constant); Spark ML na.fill (of DataFrames); NVTabular
 * FillMissing; feature-engine ArbitraryNumberImputer.
 *
 * @param columns numeric, text or boolean columns
 * @param value the replacement, which must be a value of the type of every column
 */
public record FillMissing(Columns columns, String value) implements Transform {
  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields =
        binder.read(columns, TypeFamily.NUMERIC, TypeFamily.TEXT, TypeFamily.BOOLEAN);
    return new Filling(
            fields.stream().map(f -> new Fill(f.getName(), value, false)).toList(), List.of())
        .bind(binder);
  }
}
