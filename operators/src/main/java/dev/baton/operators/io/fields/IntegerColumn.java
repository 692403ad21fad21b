package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.LongParser;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Signed integers of 8 to 64 bits; one that does not fit is an error. */
final class IntegerColumn extends FixedColumn {
  private final int bytes;
  private final int unused;
  private long value;

  IntegerColumn(FieldColumn column, NullTokens nulls, BadRecords bad) {
    super(column, nulls, bad);
    int bits = ((ArrowType.Int) column.type()).getBitWidth();
    this.bytes = bits / 8;
    this.unused = 64 - bits;
  }

  @Override
  long read(long base, long[] index, int at, int width, int count, long data, int row) {
    return bytes == 8
        ? longs(base, index, at, width, count, data + 8L * row)
        : narrow(base, index, at, width, count, data + (long) bytes * row);
  }

  private long longs(long base, long[] index, int at, int width, int count, long data) {
    long missing = 0;
    for (int i = 0; i < count; i++, at += width) {
      long field = index[at];
      long value = LongParser.parse(base + (field >>> 32), (int) field & Fields.LENGTH);
      if (value == LongParser.NONE) {
        value = second(base, field);
        missing |= (present ? 0L : 1L) << i;
      }
      Memory.putLong(data + 8L * i, value);
    }
    return ~missing;
  }

  private long narrow(long base, long[] index, int at, int width, int count, long data) {
    long missing = 0;
    for (int i = 0; i < count; i++, at += width) {
      long field = index[at];
      long value = LongParser.parse(base + (field >>> 32), (int) field & Fields.LENGTH);
      if (!fits(value)) {
        value = second(base, field);
        missing |= (present ? 0L : 1L) << i;
      }
      switch (bytes) {
        case 4 -> Memory.putInt(data + 4L * i, (int) value);
        case 2 -> Memory.putShort(data + 2L * i, (short) value);
        default -> Memory.putByte(data + i, (byte) value);
      }
    }
    return ~missing;
  }

  private long second(long base, long field) {
    retry(base, field);
    return present ? value : 0;
  }

  private boolean fits(long value) {
    return value << unused >> unused == value;
  }

  @Override
  boolean parse(long address, int length) {
    value = LongParser.parse(address, length);
    if (value == LongParser.NONE && !LongParser.isMinimum(address, length)) {
      return false;
    }
    return fits(value);
  }
}
