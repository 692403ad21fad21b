package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;

/**
 * ISO dates and timestamps as text in memory. Read are {@code 2024-02-29}, {@code
 * 2024-02-29T13:45}, with a space for the {@code T}, with seconds, with up to six digits of a
 * fraction. Years 0000 to 9999.
 */
public final class IsoTimes {
  /** Not a date or timestamp. */
  public static final long NONE = Long.MIN_VALUE;

  private IsoTimes() {}

  /** Days since 1970-01-01 of exactly ten bytes, or {@link #NONE}. */
  public static long days(long at, int length) {
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
        || !Calendar.isDate(year, month, day)) {
      return NONE;
    }
    return Calendar.day(year, month, day);
  }

  /** Microseconds since 1970-01-01T00:00:00, or {@link #NONE}; a date alone means midnight. */
  public static long micros(long at, int length) {
    long days = days(at, Math.min(length, 10));
    if (days == NONE || length == 10) {
      return days == NONE ? NONE : days * Calendar.MICROS_PER_DAY;
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
    long micros = days * Calendar.MICROS_PER_DAY + (hour * 60 + minute) * 60_000_000L;
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

  /** Writes a date and returns the address behind it; years beyond four digits have a sign. */
  public static long writeDate(long day, long at) {
    long date = Calendar.date(day);
    long year = Calendar.year(date);
    if (year < 0 || year > 9999) {
      Memory.putByte(at++, (byte) (year < 0 ? '-' : '+'));
      year = Math.abs(year);
    }
    if (year > 9999) {
      at = Decimals.write(year, at);
    } else {
      putTwo((int) year / 100, at);
      putTwo((int) year % 100, at + 2);
      at += 4;
    }
    Memory.putByte(at, (byte) '-');
    putTwo(Calendar.month(date), at + 1);
    Memory.putByte(at + 3, (byte) '-');
    putTwo(Calendar.dayOfMonth(date), at + 4);
    return at + 6;
  }

  /**
   * Writes a timestamp, with seconds and as many decimals of them as it needs, and returns the
   * address behind it.
   *
   * @param perSecond units of {@code value} in a second, a power of ten
   */
  public static long writeTimestamp(long value, long perSecond, long at) {
    long seconds = Math.floorDiv(value, perSecond);
    long fraction = Math.floorMod(value, perSecond);
    at = writeDate(Math.floorDiv(seconds, 86_400L), at);
    int second = (int) Math.floorMod(seconds, 86_400L);
    Memory.putByte(at, (byte) 'T');
    putTwo(second / 3600, at + 1);
    Memory.putByte(at + 3, (byte) ':');
    putTwo(second / 60 % 60, at + 4);
    Memory.putByte(at + 6, (byte) ':');
    putTwo(second % 60, at + 7);
    at += 9;
    if (fraction == 0) {
      return at;
    }
    Memory.putByte(at++, (byte) '.');
    for (long unit = perSecond / 10; fraction != 0; unit /= 10) {
      Memory.putByte(at++, (byte) ('0' + fraction / unit));
      fraction %= unit;
    }
    return at;
  }

  private static void putTwo(int value, long at) {
    Memory.putByte(at, (byte) ('0' + value / 10));
    Memory.putByte(at + 1, (byte) ('0' + value % 10));
  }
}
