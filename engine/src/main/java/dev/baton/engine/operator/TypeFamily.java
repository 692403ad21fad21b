package dev.baton.engine.operator;

import java.util.function.Predicate;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** A set of column types an operator accepts, by the word used in messages and selectors. */
public enum TypeFamily {
  /** Signed integers of 8 to 64 bits and floats of 32 and 64 bits. */
  NUMERIC(t -> isInteger(t) || isFloating(t)),
  INTEGER(TypeFamily::isInteger),
  FLOATING(TypeFamily::isFloating),
  TEXT(t -> t instanceof ArrowType.Utf8),
  BOOLEAN(t -> t instanceof ArrowType.Bool),
  /** Dates in days and timestamps of any unit. */
  TEMPORAL(t -> t instanceof ArrowType.Date || t instanceof ArrowType.Timestamp),
  ANY(t -> true);

  private final Predicate<ArrowType> accepts;

  TypeFamily(Predicate<ArrowType> accepts) {
    this.accepts = accepts;
  }

  public boolean accepts(ArrowType type) {
    return accepts.test(type);
  }

  private static boolean isInteger(ArrowType type) {
    return type instanceof ArrowType.Int i && i.getIsSigned();
  }

  private static boolean isFloating(ArrowType type) {
    return type instanceof ArrowType.FloatingPoint f
        && f.getPrecision() != org.apache.arrow.vector.types.FloatingPointPrecision.HALF;
  }
}
