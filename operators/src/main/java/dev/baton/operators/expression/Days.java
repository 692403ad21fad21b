package dev.baton.operators.expression;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Calendar arithmetic on days since 1970-01-01 in the proleptic Gregorian calendar, without
 * objects.
 *
 * @see <a href="https://howardhinnant.github.io/date_algorithms.html">Hinnant's derivation, with
 *     years that begin in March</a>
 */
final class Days {
  static final long MICROS = 86_400_000_000L;

  private static final long DAYS_OF_ERA = 146_097;

  /** From 0000-03-01 to 1970-01-01. */
  private static final long EPOCH = 719_468;

  private static final LocalDateTime START = LocalDateTime.of(1970, 1, 1, 0, 0);

  private Days() {}

  /**
   * Microseconds since 1970.
   *
   * @throws ArithmeticException when a long cannot hold them
   */
  static long micros(LocalDateTime time) {
    return ChronoUnit.MICROS.between(START, time);
  }

  /** The year in the upper bits, the month and the day in eight bits each. */
  private static long civil(long days) {
    long shifted = days + EPOCH;
    long era = Math.floorDiv(shifted, DAYS_OF_ERA);
    int dayOfEra = (int) (shifted - era * DAYS_OF_ERA);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int march = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * march + 2) / 5 + 1;
    int month = march < 10 ? march + 3 : march - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return year << 16 | month << 8 | day;
  }

  static long year(long days) {
    return civil(days) >> 16;
  }

  static int month(long days) {
    return (int) (civil(days) >> 8) & 0xFF;
  }

  static int day(long days) {
    return (int) civil(days) & 0xFF;
  }

  /** 1 for Monday to 7 for Sunday. */
  static int dayOfWeek(long days) {
    return (int) Math.floorMod(days + 3, 7L) + 1;
  }

  static long dayOfYear(long days) {
    return days - of(year(days), 1, 1) + 1;
  }

  static long of(long year, int month, int day) {
    long shifted = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(shifted, 400L);
    long yearOfEra = shifted - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_OF_ERA + dayOfEra - EPOCH;
  }
}
