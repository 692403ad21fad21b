package dev.baton.operators.combine;

import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.RowKeys;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * What an operator needs to know of the rows before the one at hand, or after it.
 *
 * @param columns whose values
 * @param by of rows with the same values in these columns; empty for all rows
 * @param size how many rows
 * @param ahead whether the rows after it; else those before
 * @param keep which values
 */
record Scan(List<Field> columns, List<Field> by, int size, boolean ahead, Keep keep) {
  /** Which values are remembered. */
  enum Keep {
    /** Those of the last rows, as they are. */
    ROWS,
    /** Those of the last rows, as doubles; NaN is null. */
    DOUBLES,
    /** The last one that is neither null nor NaN. */
    VALUES
  }

  /** Reads the columns that make groups; none when {@code by} is null. */
  static List<Field> by(Columns by, Binder binder) {
    if (by == null) {
      return List.of();
    }
    List<Field> fields = binder.read(by, RowKeys.types());
    if (fields.isEmpty()) {
      throw new BindException("by selects no column; leave it out to make all rows one group");
    }
    return fields;
  }

  /** The same by their names, as a fitted transform keeps them. */
  static List<Field> by(List<String> by, Binder binder) {
    return by.isEmpty() ? List.of() : binder.read(new Columns.Named(by), RowKeys.types());
  }

  /** Reads the columns of a fitted transform. */
  static List<Field> columns(List<String> columns, Binder binder, TypeFamily... types) {
    return columns.isEmpty() ? List.of() : binder.read(new Columns.Named(columns), types);
  }

  static List<String> names(List<Field> fields) {
    return fields.stream().map(Field::getName).toList();
  }
}
