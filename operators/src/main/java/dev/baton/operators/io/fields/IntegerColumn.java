package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.LongParser;
import dev.baton.operators.internal.Swar;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Signed integers of 8 to 64 bits; one that does not fit is an error. */
final class IntegerColumn extends FixedColumn {
  private final int bytes;
  private final int unused;
  private final boolean emptyIsNull;
  private long value;

  IntegerColumn(FieldColumn column, NullTokens nulls, BadRecords bad) {
    super(column, nulls, bad);
    int bits = ((ArrowType.Int) column.type()).getBitWidth();
    this.bytes = bits / 8;
    this.unused = 64 - bits;
    this.emptyIsNull = nulls.hasEmpty();
  }

  @Override
  long read(long base, long[] index, int at, int width, int count, long data, int row) {
    long to = data + (long) bytes * row;
    long missing = 0;
    for (int i = 0; i < count; i++, at += width) {
      long field = index[at];
      long address = base + (field >>> 32);
      int length = (int) field & Fields.LENGTH;
      // Most fields are short or empty: so these take no branch that depends on which.
      long word = Memory.getLong(address);
      long empty = (long) length - 1 >>> 63;
      long negative = (word & 0xFF ^ '-') - 1 >>> 63 & ~empty;
      int digits = length - (int) negative;
      long decimal = Swar.leading(word >>> (negative << 3), digits & 7);
      long value = (Swar.digits(decimal) ^ -negative) + negative;
      boolean simple = Swar.areDigits(decimal) & (digits > 0 | empty != 0 & emptyIsNull);
      if (length < 8 & simple && fits(value)) {
        missing |= empty << i;
      } else {
        value = LongParser.parse(address, length);
        if (value == LongParser.NONE || !fits(value)) {
          value = second(base, field);
          missing |= (present ? 0L : 1L) << i;
        }
      }
      switch (bytes) {
        case 8 -> Memory.putLong(to + 8L * i, value);
        case 4 -> Memory.putInt(to + 4L * i, (int) value);
        case 2 -> Memory.putShort(to + 2L * i, (short) value);
        default -> Memory.putByte(to + i, (byte) value);
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
