package dev.baton.engine.internal.score;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Timestamps as Java knows them: with a time zone an instant, without one a local date-time. */
final class Times {
  private Times() {}

  static Object read(ArrowType.Timestamp type, long count) {
    Instant instant = Instant.EPOCH.plus(count, unit(type.getUnit()));
    return type.getTimezone() == null ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : instant;
  }

  /** The count a value is stored as, or null when it is no such time. */
  static Long write(ArrowType.Timestamp type, Object value) {
    Instant instant;
    if (type.getTimezone() == null) {
      instant = value instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : null;
    } else if (value instanceof OffsetDateTime offset) {
      instant = offset.toInstant();
    } else if (value instanceof ZonedDateTime zoned) {
      instant = zoned.toInstant();
    } else {
      instant = value instanceof Instant same ? same : null;
    }
    try {
      return instant == null ? null : unit(type.getUnit()).between(Instant.EPOCH, instant);
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static ChronoUnit unit(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> ChronoUnit.SECONDS;
      case MILLISECOND -> ChronoUnit.MILLIS;
      case MICROSECOND -> ChronoUnit.MICROS;
      case NANOSECOND -> ChronoUnit.NANOS;
    };
  }
}
