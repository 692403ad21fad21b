package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.LongParser;
import dev.baton.operators.internal.Swar;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Signed integers of 8 to 64 bits; one that does not fit is an error. */
final class IntegerColumn extends FixedColumn {
  /** What a minus sign is where digits are their values. */
  private static final long MINUS = '-' ^ '0';

  private final int bytes;
  private final int unused;

  /** All bits set, or none. */
  private final long emptyIsWrong;

  private long value;

  IntegerColumn(FieldColumn column, NullTokens nulls, BadRecords bad) {
    super(column, nulls, bad);
    int bits = ((ArrowType.Int) column.type()).getBitWidth();
    this.bytes = bits / 8;
    this.unused = 64 - bits;
    this.emptyIsWrong = nulls.hasEmpty() ? 0 : -1;
  }

  @Override
  long read(long base, long[] index, int at, int width, int count, long data, int row) {
    long to = data + (long) bytes * row;
    boolean narrow = bytes < 4;
    long missing = 0;
    for (int i = 0; i < count; i++, at += width) {
      long field = index[at];
      long length = field & Fields.LENGTH;
      // Most fields are short or empty: so these take no branch that depends on which.
      long word = Memory.getLong(base + (field >>> 32)) ^ Swar.ZERO_DIGITS;
      long empty = length - 1 >> 63;
      long negative = (word & 0xFF ^ MINUS) - 1 >> 63;
      long digits = (word ^ MINUS & negative) << -(length << 3) & ~empty;
      long value = (Swar.number(digits) ^ negative) - negative;
      // Not negative are these two where there are no more than 8 characters and not only a sign.
      long wrong = 8 - length | length - 2 & negative | empty & emptyIsWrong;
      if (Swar.areBelowTen(digits, wrong) && !(narrow && !fits(value))) {
        missing = missing >>> 1 | empty & Long.MIN_VALUE;
      } else {
        value = patient(base, field);
        missing = missing >>> 1 | (present ? 0 : Long.MIN_VALUE);
      }
      switch (bytes) {
        case 8 -> Memory.putLong(to + 8L * i, value);
        case 4 -> Memory.putInt(to + 4L * i, (int) value);
        case 2 -> Memory.putShort(to + 2L * i, (short) value);
        default -> Memory.putByte(to + i, (byte) value);
      }
    }
    return ~(missing >>> 64 - count);
  }

  /** The value of any field, or 0 when it is missing. */
  private long patient(long base, long field) {
    long value = LongParser.parse(base + Fields.start(field), Fields.length(field));
    if (value != LongParser.NONE && fits(value)) {
      present = true;
      return value;
    }
    retry(base, field);
    return present ? this.value : 0;
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
