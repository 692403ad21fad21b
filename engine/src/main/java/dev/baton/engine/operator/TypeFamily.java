package dev.baton.engine.operator;

import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** A set of column types an operator accepts, by the word used in messages and selectors. */
public enum TypeFamily {
  /** Signed integers of 8 to 64 bits and floats of 32 and 64 bits. */
  NUMERIC,
  /** Signed integers of 8 to 64 bits. */
  INTEGER,
  /** Floats of 32 and 64 bits. */
  FLOATING,
  /** UTF-8 strings. */
  TEXT,
  BOOLEAN,
  /** Dates in days and timestamps of any unit. */
  TEMPORAL,
  ANY;

  public boolean accepts(ArrowType type) {
    return switch (this) {
      case NUMERIC -> isInteger(type) || isFloating(type);
      case INTEGER -> isInteger(type);
      case FLOATING -> isFloating(type);
      case TEXT -> type instanceof ArrowType.Utf8;
      case BOOLEAN -> type instanceof ArrowType.Bool;
      case TEMPORAL -> type instanceof ArrowType.Date || type instanceof ArrowType.Timestamp;
      case ANY -> true;
    };
  }

  private static boolean isInteger(ArrowType type) {
    return type instanceof ArrowType.Int integer && integer.getIsSigned();
  }

  private static boolean isFloating(ArrowType type) {
    return type instanceof ArrowType.FloatingPoint floating
        && floating.getPrecision() != FloatingPointPrecision.HALF;
  }
}
