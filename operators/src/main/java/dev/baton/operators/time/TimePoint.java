package dev.baton.operators.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A point in time: what a column says, or a constant. Written as the name of the column, or as an
 * ISO date or timestamp such as {@code 2024-02-29} or {@code 2024-02-29T13:45}. A column that is
 * named like a date must be renamed first.
 *
 * @param text the column's name, or the date or timestamp
 */
public record TimePoint(String text) {
  private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\d([T ].*)?");

  public TimePoint {
    Objects.requireNonNull(text, "text");
    if (ISO.matcher(text).matches()) {
      time(text);
    }
  }

  /** What a user writes. */
  public static TimePoint parse(String text) {
    return new TimePoint(text);
  }

  /** Whether it is the name of a column. */
  boolean isColumn() {
    return !ISO.matcher(text).matches();
  }

  /** Seconds since 1970 of a constant. */
  long seconds() {
    return time(text).toEpochSecond(ZoneOffset.UTC);
  }

  /** Nanoseconds within the second of a constant. */
  int nanos() {
    return time(text).getNano();
  }

  private static LocalDateTime time(String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay()
          : LocalDateTime.parse(text.replace(' ', 'T'));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no ISO date or timestamp; write one such as 2024-02-29T13:45", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
