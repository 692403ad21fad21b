package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.BooleanParser;

/** Truth values, a bit each. */
final class BoolColumn extends FixedColumn {
  private int value;

  BoolColumn(FieldColumn column, NullTokens nulls, BadRecords bad) {
    super(column, nulls, bad);
  }

  @Override
  long read(long base, long[] index, int at, int width, int count, long data, int row) {
    long missing = 0;
    long bits = 0;
    for (int i = 0; i < count; i++, at += width) {
      long field = index[at];
      if (!parse(base + (field >>> 32), (int) field & Fields.LENGTH)) {
        retry(base, field);
        missing |= (present ? 0L : 1L) << i;
        value = present ? value : 0;
      }
      bits |= (long) value << i;
    }
    for (int i = 0; i < count; i += 8) {
      Memory.putByte(data + (row + i >>> 3), (byte) (bits >>> i));
    }
    return ~missing;
  }

  @Override
  boolean parse(long address, int length) {
    value = BooleanParser.parse(address, length);
    return value != BooleanParser.NONE;
  }
}
