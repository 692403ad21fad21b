package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.operator.ValueException;

/** Writes ISO dates, or timestamps with as many decimals of a second as they need. */
final class TimeWriter extends FieldWriter {
  private static final long FIRST_DAY = -719_528;
  private static final long LAST_DAY = 2_932_896;

  private final int decimals;
  private final long perSecond;

  /**
   * @param decimals of a second in the timestamp's unit: 0, 3, 6 or 9; negative for dates
   */
  TimeWriter(String name, int decimals) {
    super(name);
    this.decimals = decimals;
    long unit = 1;
    for (int i = 0; i < decimals; i++) {
      unit *= 10;
    }
    this.perSecond = unit;
  }

  @Override
  long write(long at, int row) {
    if (decimals < 0) {
      return date(Memory.getInt(data + 4L * row), at, row);
    }
    long value = Memory.getLong(data + 8L * row);
    long seconds = Math.floorDiv(value, perSecond);
    long fraction = Math.floorMod(value, perSecond);
    at = date(Math.floorDiv(seconds, 86_400L), at, row);
    int second = (int) Math.floorMod(seconds, 86_400L);
    Memory.putByte(at, (byte) 'T');
    two(second / 3600, at + 1);
    Memory.putByte(at + 3, (byte) ':');
    two(second / 60 % 60, at + 4);
    Memory.putByte(at + 6, (byte) ':');
    two(second % 60, at + 7);
    at += 9;
    if (fraction == 0) {
      return at;
    }
    Memory.putByte(at++, (byte) '.');
    int digits = decimals;
    for (; fraction % 10 == 0; fraction /= 10) {
      digits--;
    }
    for (int i = digits - 1; i >= 0; i--, fraction /= 10) {
      Memory.putByte(at + i, (byte) ('0' + fraction % 10));
    }
    return at + digits;
  }

  private long date(long days, long at, int row) {
    if (days < FIRST_DAY || days > LAST_DAY) {
      throw new ValueException(
          name,
          row,
          "expected a date in the years 0000 to 9999, which CSV can hold, but found day "
              + days
              + " from 1970-01-01; clip or drop it before the sink");
    }
    // The civil calendar from March of the year 0 (H. Hinnant).
    long shifted = days + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    int dayOfEra = (int) (shifted - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int march = (5 * dayOfYear + 2) / 153;
    int month = march < 10 ? march + 3 : march - 9;
    int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
    two(year / 100, at);
    two(year % 100, at + 2);
    Memory.putByte(at + 4, (byte) '-');
    two(month, at + 5);
    Memory.putByte(at + 7, (byte) '-');
    two(dayOfYear - (153 * march + 2) / 5 + 1, at + 8);
    return at + 10;
  }

  private static void two(int value, long at) {
    Memory.putByte(at, (byte) ('0' + value / 10));
    Memory.putByte(at + 1, (byte) ('0' + value % 10));
  }
}
