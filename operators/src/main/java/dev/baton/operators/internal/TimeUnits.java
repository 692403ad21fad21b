package dev.baton.operators.internal;

import org.apache.arrow.vector.types.pojo.ArrowType;

/** Units of timestamps as numbers. */
public final class TimeUnits {
  private TimeUnits() {}

  /** How many units of that timestamp make a second. */
  public static long perSecond(ArrowType.Timestamp type) {
    return switch (type.getUnit()) {
      case SECOND -> 1;
      case MILLISECOND -> 1_000;
      case MICROSECOND -> 1_000_000;
      case NANOSECOND -> 1_000_000_000;
    };
  }
}
