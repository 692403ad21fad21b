package dev.baton.operators.internal;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Arithmetic on days since 1970-01-01 in the proleptic Gregorian calendar, without objects.
 *
 * <p>Right for every {@code int} of days and some thousand times more.
 *
 * @see <a href="https://howardhinnant.github.io/date_algorithms.html">Hinnant's derivation, with
 *     years that begin in March so that the leap day comes last</a>
 */
public final class Calendar {
  public static final long MICROS_PER_DAY = 86_400_000_000L;

  /** The days 0000-01-01 and 9999-12-31, between which years have four digits. */
  public static final long FIRST_DAY = -719_528;

  public static final long LAST_DAY = 2_932_896;

  private static final int DAYS_OF_ERA = 146_097;

  /** From 0000-03-01 to 1970-01-01. */
  private static final int EPOCH = 719_468;

  private static final int[] DAYS_BEFORE = {
    0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
  };
  private static final byte[] MONTH_DAYS = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  private static final LocalDateTime START = LocalDateTime.of(1970, 1, 1, 0, 0);

  private Calendar() {}

  /** The date of a day: year in the upper bits, then month (4 bits) and day (5 bits). */
  public static long date(long day) {
    long shifted = day + EPOCH;
    long era = Math.floorDiv(shifted, DAYS_OF_ERA);
    int dayOfEra = (int) (shifted - era * DAYS_OF_ERA);
    int yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / (DAYS_OF_ERA - 1)) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int fromMarch = (5 * dayOfYear + 2) / 153;
    int dayOfMonth = dayOfYear - (153 * fromMarch + 2) / 5 + 1;
    int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
    return year << 9 | month << 5 | dayOfMonth;
  }

  public static long year(long date) {
    return date >> 9;
  }

  public static int month(long date) {
    return (int) (date >>> 5) & 15;
  }

  public static int dayOfMonth(long date) {
    return (int) date & 31;
  }

  /** 1 to 366. */
  public static int dayOfYear(long date) {
    int month = month(date);
    int leapDay = month > 2 && isLeap(year(date)) ? 1 : 0;
    return DAYS_BEFORE[month] + leapDay + dayOfMonth(date);
  }

  public static boolean isLeap(long year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** 28 to 31. */
  public static int daysInMonth(long date) {
    int month = month(date);
    return MONTH_DAYS[month] + (month == 2 && isLeap(year(date)) ? 1 : 0);
  }

  /** 1 for Monday to 7 for Sunday. */
  public static int dayOfWeek(long day) {
    return Math.floorMod(day + 3, 7) + 1;
  }

  /** The week of ISO 8601, 1 to 53: the week of the year that this day's Thursday is in. */
  public static int week(long day) {
    return (dayOfYear(date(day + 4 - dayOfWeek(day))) - 1) / 7 + 1;
  }

  /** Whether there is such a date. */
  public static boolean isDate(int year, int month, int day) {
    return month >= 1
        && month <= 12
        && day >= 1
        && (day <= MONTH_DAYS[month] || month == 2 && day == 29 && isLeap(year));
  }

  /** The day of a date that there is. */
  public static long day(int year, int month, int day) {
    int shifted = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(shifted, 400);
    int yearOfEra = shifted - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return (long) era * DAYS_OF_ERA + dayOfEra - EPOCH;
  }

  /**
   * Microseconds since 1970.
   *
   * @throws ArithmeticException when a long cannot hold them
   */
  public static long micros(LocalDateTime time) {
    return ChronoUnit.MICROS.between(START, time);
  }
}
