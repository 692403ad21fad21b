package dev.baton.operators.impute;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * What replaces the missing values of one column.
 *
 * @param column the column
 * @param value the replacement, which {@link #parse} turns into a value of the column's type
 * @param widen whether an integer column becomes float64
 */
record Fill(String column, String value, boolean widen) {
  /** A {@code Long}, {@code Double}, {@code Boolean} or {@code String} by the column's type. */
  Object parse(Field field) {
    return check(field, value, widen);
  }

  /**
   * The replacement as a value of the column's type.
   *
   * @throws BindException when it is not one
   */
  static Object check(Field field, String value, boolean widen) {
    ArrowType type = widen ? Types.FLOAT64 : field.getType();
    try {
      if (type instanceof ArrowType.Int integer) {
        long number = Long.parseLong(value);
        int unused = 64 - integer.getBitWidth();
        if (number << unused >> unused == number) {
          return number;
        }
      } else if (type instanceof ArrowType.FloatingPoint) {
        return Double.parseDouble(value);
      } else if (type instanceof ArrowType.Bool) {
        if (value.equals("true") || value.equals("false")) {
          return value.equals("true");
        }
      } else {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the message that names the column.
    }
    throw new BindException(
        String.format(
            "the fill value '%s' is not one of column '%s', which is %s",
            value, field.getName(), Types.name(type)));
  }
}
