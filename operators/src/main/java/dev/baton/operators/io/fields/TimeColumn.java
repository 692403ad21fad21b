package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.operators.internal.IsoTimes;

/** ISO dates in days, or ISO timestamps in microseconds. */
final class TimeColumn extends FixedColumn {
  private final boolean dates;
  private long value;

  TimeColumn(FieldColumn column, NullTokens nulls, BadRecords bad) {
    super(column, nulls, bad);
    this.dates = column.type().equals(Types.DATE);
  }

  @Override
  long read(long base, long[] index, int at, int width, int count, long data, int row) {
    long missing = 0;
    for (int i = 0; i < count; i++, at += width) {
      long field = index[at];
      if (!parse(base + (field >>> 32), (int) field & Fields.LENGTH)) {
        retry(base, field);
        missing |= (present ? 0L : 1L) << i;
        value = present ? value : 0;
      }
      if (dates) {
        Memory.putInt(data + 4L * (row + i), (int) value);
      } else {
        Memory.putLong(data + 8L * (row + i), value);
      }
    }
    return ~missing;
  }

  @Override
  boolean parse(long address, int length) {
    value = dates ? IsoTimes.days(address, length) : IsoTimes.micros(address, length);
    return value != IsoTimes.NONE;
  }
}
