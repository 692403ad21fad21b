package dev.baton.operators.expression;

import dev.baton.engine.batch.Types;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * What the values of a {@link Node} are while they are computed with. Narrow integers and floats,
 * and dates and timestamps of other units, are widened when a column is read.
 */
enum Kind {
  BOOL(Types.BOOL, "bool"),
  INT(Types.INT64, "an integer"),
  FLOAT(Types.FLOAT64, "a float"),
  TEXT(Types.UTF8, "utf8"),
  DATE(Types.DATE, "date"),
  TIMESTAMP(Types.TIMESTAMP, "timestamp"),
  /** The literal null, before what surrounds it has given it a type. */
  NULL(ArrowType.Null.INSTANCE, "null");

  /** The type of a result of this kind. */
  @SuppressWarnings("ImmutableEnumChecker") // Arrow's types are immutable but do not say so.
  final ArrowType type;

  final String words;

  Kind(ArrowType type, String words) {
    this.type = type;
    this.words = words;
  }

  static Kind of(ArrowType type) {
    if (type instanceof ArrowType.Bool) {
      return BOOL;
    }
    if (type instanceof ArrowType.Int) {
      return INT;
    }
    if (type instanceof ArrowType.FloatingPoint) {
      return FLOAT;
    }
    if (type instanceof ArrowType.Date) {
      return DATE;
    }
    if (type instanceof ArrowType.Timestamp) {
      return TIMESTAMP;
    }
    return TEXT;
  }

  boolean isNumber() {
    return this == INT || this == FLOAT;
  }

  boolean isTime() {
    return this == DATE || this == TIMESTAMP;
  }

  /** Whether its values are kept in {@link Node#longs} and compare as such. */
  boolean isLong() {
    return this == INT || isTime();
  }
}
