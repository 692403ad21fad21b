package dev.baton.operators.time;

/**
 * Arithmetic on days since 1970-01-01 in the proleptic Gregorian calendar by integer arithmetic.
 * The method is Howard Hinnant's {@code civil_from_days}, which counts years from March so that the
 * leap day comes last. Right for every {@code int} of days.
 */
final class Calendar {
  private static final int DAYS_OF_ERA = 146097;
  private static final int[] DAYS_BEFORE = {
    0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
  };

  private Calendar() {}

  /** The date of a day: year in the upper bits, then month (4 bits) and day (5 bits). */
  static long date(int day) {
    long shifted = day + 719468L;
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

  static int year(long date) {
    return (int) (date >> 9);
  }

  static int month(long date) {
    return (int) (date >>> 5) & 15;
  }

  static int dayOfMonth(long date) {
    return (int) date & 31;
  }

  /** 1 to 366. */
  static int dayOfYear(long date) {
    int month = month(date);
    int leapDay = month > 2 && isLeap(year(date)) ? 1 : 0;
    return DAYS_BEFORE[month] + leapDay + dayOfMonth(date);
  }

  static boolean isLeap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** 1 for Monday to 7 for Sunday. */
  static int dayOfWeek(int day) {
    return Math.floorMod(day + 3L, 7) + 1;
  }

  /** The week of ISO 8601, 1 to 53: the week of the year that this day's Thursday is in. */
  static int week(int day) {
    long thursday = day + 4L - dayOfWeek(day);
    int clamped = (int) Math.max(Integer.MIN_VALUE, Math.min(thursday, Integer.MAX_VALUE));
    return (dayOfYear(date(clamped)) - 1) / 7 + 1;
  }
}
