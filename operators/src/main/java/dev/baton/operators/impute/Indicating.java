package dev.baton.operators.impute;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.Missing;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * Tells where columns are missing, and refuses others that are; what a {@link MissingOnlyIndicator}
 * makes when it is fitted.
 *
 * @param columns for each a boolean column is added
 * @param complete none of these may be missing
 * @param suffix what the name of a new column has after that of the old one
 */
record Indicating(List<String> columns, List<String> complete, String suffix) implements Transform {
  Indicating {
    columns = List.copyOf(columns);
    complete = List.copyOf(complete);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    complete.forEach(binder::read);
    for (String column : columns) {
      binder.read(column);
      MissingIndicator.put(binder, column + suffix);
    }
    return binder.transform(
        context ->
            batch -> {
              complete.forEach(column -> refuse(batch, column));
              for (String name : columns) {
                FieldVector column = batch.column(name);
                batch.put(MissingIndicator.indicate(column, name + suffix, context.allocator()));
              }
            });
  }

  private static void refuse(Batch batch, String column) {
    for (int word = 0; word < Validity.words(batch.rows()); word++) {
      long missing = Missing.word(batch.column(column), word);
      if (missing != 0) {
        throw new ValueException(
            column,
            64 * word + Long.numberOfTrailingZeros(missing),
            "expected a value, as none was missing when fitting, but it is missing; set"
                + " onNew=ignore or fit on data where it is missing, too");
      }
    }
  }
}
