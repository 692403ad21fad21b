package dev.baton.operators.time;

import dev.baton.engine.batch.Validity;
import dev.baton.operators.internal.Longs;
import dev.baton.operators.internal.TimeUnits;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Dates and timestamps of any unit as seconds since 1970, a block at a time. Confined to one
 * thread.
 */
final class Seconds {
  final long[] seconds = new long[Longs.BLOCK];

  /** What is left of each value, 0 up to a second, in its own unit. */
  final long[] rest = new long[Longs.BLOCK];

  /**
   * Fills the arrays with {@code count} values from row {@code first}; nulls become 1970-01-01.
   *
   * @param nulls whether the column has any
   */
  void load(FieldVector source, boolean nulls, int first, int count) {
    Longs.load(source, first, count, rest);
    ArrowType type = source.getField().getType();
    if (nulls) {
      long validity = Validity.address(source);
      for (int i = 0; i < count; i++) {
        rest[i] = Validity.isSet(validity, first + i) ? rest[i] : 0;
      }
    }
    if (type instanceof ArrowType.Date date && date.getUnit() == DateUnit.DAY) {
      for (int i = 0; i < count; i++) {
        seconds[i] = rest[i] * 86400L;
        rest[i] = 0;
      }
      return;
    }
    // One loop per unit: a division by a constant is a multiplication.
    switch ((int) perSecond(type)) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          seconds[i] = rest[i];
          rest[i] = 0;
        }
      }
      case 1_000 -> {
        for (int i = 0; i < count; i++) {
          seconds[i] = Math.floorDiv(rest[i], 1_000L);
          rest[i] -= seconds[i] * 1_000L;
        }
      }
      case 1_000_000 -> {
        for (int i = 0; i < count; i++) {
          seconds[i] = Math.floorDiv(rest[i], 1_000_000L);
          rest[i] -= seconds[i] * 1_000_000L;
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          seconds[i] = Math.floorDiv(rest[i], 1_000_000_000L);
          rest[i] -= seconds[i] * 1_000_000_000L;
        }
      }
    }
  }

  /** How many units of {@link #rest} make a second. */
  static long perSecond(ArrowType type) {
    if (type instanceof ArrowType.Timestamp stamp) {
      return TimeUnits.perSecond(stamp);
    }
    return ((ArrowType.Date) type).getUnit() == DateUnit.DAY ? 1 : 1_000;
  }
}
