package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Memory;

/**
 * ISO dates and timestamps from memory: {@code 2024-02-29}, {@code 2024-02-29T13:45}, with a space
 * for the {@code T}, with seconds, with up to six digits of a fraction. Years 0000 to 9999.
 */
final class IsoTimes {
  static final long NONE = Long.MIN_VALUE;

  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final byte[] MONTH_DAYS = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private IsoTimes() {}

  /** Days since 1970-01-01 of exactly ten bytes, or {@link #NONE}. */
  static long days(long at, int length) {
    if (length != 10) {
      return NONE;
    }
    int year = two(at) * 100 + two(at + 2);
    int month = two(at + 5);
    int day = two(at + 8);
    if (year < 0
        || two(at) < 0
        || two(at + 2) < 0
        || Memory.getByte(at + 4) != '-'
        || Memory.getByte(at + 7) != '-'
        || month < 1
        || month > 12
        || day < 1
        || day > MONTH_DAYS[month] && !(month == 2 && day == 29 && leap(year))) {
      return NONE;
    }
    return days(year, month, day);
  }

  /** Microseconds since 1970-01-01T00:00:00, or {@link #NONE}; a date alone means midnight. */
  static long micros(long at, int length) {
    long days = days(at, Math.min(length, 10));
    if (days == NONE || length == 10) {
      return days == NONE ? NONE : days * MICROS_PER_DAY;
    }
    byte separator = Memory.getByte(at + 10);
    if (length < 16 || separator != 'T' && separator != ' ' || Memory.getByte(at + 13) != ':') {
      return NONE;
    }
    int hour = two(at + 11);
    int minute = two(at + 14);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
      return NONE;
    }
    long micros = days * MICROS_PER_DAY + (hour * 60 + minute) * 60_000_000L;
    if (length == 16) {
      return micros;
    }
    int second = length < 19 || Memory.getByte(at + 16) != ':' ? -1 : two(at + 17);
    if (second < 0 || second > 59) {
      return NONE;
    }
    micros += second * 1_000_000L;
    if (length == 19) {
      return micros;
    }
    if (length < 21 || length > 26 || Memory.getByte(at + 19) != '.') {
      return NONE;
    }
    int scale = 100_000;
    for (int i = 20; i < length; i++, scale /= 10) {
      int digit = Memory.getByte(at + i) - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      micros += (long) digit * scale;
    }
    return micros;
  }

  private static int two(long at) {
    int tens = Memory.getByte(at) - '0';
    int ones = Memory.getByte(at + 1) - '0';
    return (tens | ones | 9 - tens | 9 - ones) < 0 ? -1 : 10 * tens + ones;
  }

  private static boolean leap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** Days from the civil calendar, counted from March (H. Hinnant). */
  private static long days(int year, int month, int day) {
    int y = year - (month <= 2 ? 1 : 0);
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }
}
