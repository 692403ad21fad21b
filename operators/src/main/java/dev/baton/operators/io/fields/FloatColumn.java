package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.operators.internal.DoubleParser;

/** Floats of 64 or 32 bits, each the nearest to the decimal written. */
final class FloatColumn extends FixedColumn {
  private final boolean single;
  private long bits;

  FloatColumn(FieldColumn column, NullTokens nulls, BadRecords bad) {
    super(column, nulls, bad);
    this.single = column.type().equals(Types.FLOAT32);
  }

  @Override
  long read(long base, long[] index, int at, int width, int count, long data, int row) {
    return single
        ? singles(base, index, at, width, count, data + 4L * row)
        : doubles(base, index, at, width, count, data + 8L * row);
  }

  private long doubles(long base, long[] index, int at, int width, int count, long data) {
    long missing = 0;
    for (int i = 0; i < count; i++, at += width) {
      long field = index[at];
      long value = DoubleParser.parse(base + (field >>> 32), (int) field & Fields.LENGTH);
      if (value == DoubleParser.NONE) {
        retry(base, field);
        missing |= (present ? 0L : 1L) << i;
        value = present ? bits : 0;
      }
      Memory.putLong(data + 8L * i, value);
    }
    return ~missing;
  }

  private long singles(long base, long[] index, int at, int width, int count, long data) {
    long missing = 0;
    for (int i = 0; i < count; i++, at += width) {
      long field = index[at];
      long address = base + (field >>> 32);
      int length = (int) field & Fields.LENGTH;
      long value = DoubleParser.parse(address, length);
      if (value == DoubleParser.NONE) {
        retry(base, field);
        missing |= (present ? 0L : 1L) << i;
        value = present ? bits : 0;
        if (!present) {
          length = 0;
        }
      }
      Memory.putFloat(data + 4L * i, DoubleParser.narrow(value, address, length));
    }
    return ~missing;
  }

  @Override
  boolean parse(long address, int length) {
    bits = DoubleParser.parse(address, length);
    if (bits == DoubleParser.NONE) {
      bits = DoubleParser.special(address, length);
    }
    return bits != DoubleParser.NONE;
  }
}
