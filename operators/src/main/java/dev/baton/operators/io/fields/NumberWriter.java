package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Decimals;

/** Writes integers, and floats so that they read back as the same bits. */
final class NumberWriter extends FieldWriter {
  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  private static final double MOST_DOUBLE = 1e15;
  private static final double MOST_FLOAT = 1e6;

  private final int bytes;
  private final boolean floating;

  NumberWriter(String name, int bytes, boolean floating) {
    super(name);
    this.bytes = bytes;
    this.floating = floating;
  }

  @Override
  public long write(long at, int row) {
    if (floating) {
      return bytes == 8
          ? decimal(Memory.getDouble(data + 8L * row), at)
          : decimal(Memory.getFloat(data + 4L * row), at);
    }
    return Decimals.write(
        switch (bytes) {
          case 8 -> Memory.getLong(data + 8L * row);
          case 4 -> Memory.getInt(data + 4L * row);
          case 2 -> Memory.getShort(data + 2L * row);
          default -> Memory.getByte(data + row);
        },
        at);
  }

  /**
   * Most data has few decimals: a decimal of at most 15 digits whose quotient is the value is the
   * shortest one that reads back as it.
   */
  static long decimal(double value, long at) {
    double size = Math.abs(value);
    for (int i = 0; i < POWERS.length && size * POWERS[i] < MOST_DOUBLE; i++) {
      long digits = (long) Math.rint(size * POWERS[i]);
      if (digits / POWERS[i] == size) {
        return decimal(digits, i, isNegative(value), at);
      }
    }
    return Decimals.ascii(Double.toString(value), at);
  }

  static long decimal(float value, long at) {
    double size = Math.abs(value);
    for (int i = 0; i < POWERS.length && size * POWERS[i] < MOST_FLOAT; i++) {
      long digits = (long) Math.rint(size * POWERS[i]);
      if ((float) (digits / POWERS[i]) == size) {
        return decimal(digits, i, isNegative(value), at);
      }
    }
    return Decimals.ascii(Float.toString(value), at);
  }

  private static boolean isNegative(double value) {
    return Double.doubleToRawLongBits(value) < 0;
  }

  private static long decimal(long digits, int scale, boolean negative, long at) {
    if (negative) {
      Memory.putByte(at++, (byte) '-');
    }
    long power = (long) POWERS[scale];
    at = Decimals.write(digits / power, at);
    Memory.putByte(at++, (byte) '.');
    if (scale == 0) {
      Memory.putByte(at++, (byte) '0');
      return at;
    }
    long rest = digits % power;
    for (int i = scale - 1; i >= 0; i--) {
      Memory.putByte(at + i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    return at + scale;
  }
}
