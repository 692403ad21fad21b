package dev.baton.operators.rows;

import dev.baton.engine.batch.Types;
import java.util.Locale;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** How the values of a column lie in memory. */
enum Slot {
  FLOAT64,
  FLOAT32,
  INT64,
  INT32,
  INT16,
  INT8,
  BOOL,
  TEXT;

  /** The slot of a type, or null when rows cannot hold it. */
  static Slot of(ArrowType type) {
    if (type instanceof ArrowType.Int integer && integer.getIsSigned()) {
      return switch (integer.getBitWidth()) {
        case 64 -> INT64;
        case 32 -> INT32;
        case 16 -> INT16;
        default -> INT8;
      };
    } else if (type.equals(Types.FLOAT64)) {
      return FLOAT64;
    } else if (type.equals(Types.FLOAT32)) {
      return FLOAT32;
    } else if (type.equals(Types.BOOL)) {
      return BOOL;
    } else if (type.equals(Types.UTF8)) {
      return TEXT;
    } else if (type.equals(Types.DATE)) {
      return INT32;
    }
    return type instanceof ArrowType.Timestamp ? INT64 : null;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
