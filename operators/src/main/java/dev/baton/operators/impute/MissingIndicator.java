package dev.baton.operators.impute;

import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Missing;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Adds for each column a boolean one, never null, that tells where it is missing: null, or NaN in a
 * floating-point column. Put it before the imputer.
 *
 * <p>Cost: one look at the nulls of each column and at the values of floats.
 *
 * <p>Like: scikit-learn MissingIndicator (with features='all'; its default is
 * missing-only-indicator); NVTabular FillMissing (with add_binary_cols); feature-engine
 * AddMissingIndicator (with missing_only=False).
 *
 * @param columns columns to look at; any type
 * @param suffix what the name of the new column has after the name of the old one
 */
public record MissingIndicator(Columns columns, String suffix) implements Transform {
  /** Names the new columns {@code …_missing}. */
  public MissingIndicator(Columns columns) {
    this(columns, "_missing");
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = binder.read(columns);
    for (Field field : fields) {
      put(binder, field.getName() + suffix);
    }
    return binder.transform(
        context ->
            batch -> {
              for (Field field : fields) {
                FieldVector column = batch.column(field.getName());
                batch.put(indicate(column, field.getName() + suffix, context.allocator()));
              }
            });
  }

  /** Declares a column that tells where another is missing, which must not exist yet. */
  static void put(Binder binder, String name) {
    if (Columns.findOrNull(binder.input(), name) != null) {
      throw new BindException("column '" + name + "' exists already; choose another suffix");
    }
    binder.put(Types.field(name, Types.BOOL));
  }

  /** A column of that name that tells where another is missing. */
  static FieldVector indicate(FieldVector column, String name, BufferAllocator allocator) {
    int rows = column.getValueCount();
    Field field = Types.field(name, Types.BOOL);
    BitVector target = Vectors.fixed(field, rows, allocator);
    if (rows == 0) {
      return target;
    }
    for (int word = 0; word < Validity.words(rows); word++) {
      long missing = Missing.word(column, word);
      Validity.putWord(Vectors.data(target), word, rows, missing);
    }
    Validity.setAll(Validity.address(target), rows);
    return target;
  }
}
