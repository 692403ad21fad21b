package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.Calendar;
import dev.baton.operators.internal.IsoTimes;

/** Writes ISO dates, or timestamps with as many decimals of a second as they need. */
final class TimeWriter extends FieldWriter {
  private final long perSecond;

  /**
   * @param perSecond units of a timestamp in a second; 0 for dates
   */
  TimeWriter(String name, long perSecond) {
    super(name);
    this.perSecond = perSecond;
  }

  @Override
  public long write(long at, int row) {
    if (perSecond == 0) {
      int day = Memory.getInt(data + 4L * row);
      check(day, row);
      return IsoTimes.writeDate(day, at);
    }
    long value = Memory.getLong(data + 8L * row);
    check(Math.floorDiv(value, 86_400 * perSecond), row);
    return IsoTimes.writeTimestamp(value, perSecond, at);
  }

  private void check(long day, int row) {
    if (day < Calendar.FIRST_DAY || day > Calendar.LAST_DAY) {
      throw new ValueException(
          name,
          row,
          "expected a date in the years 0000 to 9999, which text can hold, but found day "
              + day
              + " from 1970-01-01; clip or drop it before the sink");
    }
  }
}
