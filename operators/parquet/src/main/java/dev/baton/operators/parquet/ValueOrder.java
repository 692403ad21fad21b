package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import java.nio.ByteBuffer;

/** How stored values of a type are ordered, for least and greatest values. */
enum ValueOrder {
  INT32,
  INT64,
  UINT32,
  UINT64,
  FLOAT,
  DOUBLE,
  /** Unsigned bytes, one after the other. */
  BYTES,
  /** Signed integers, big-endian, of one width. */
  DECIMAL,
  /** No least and greatest values are written. */
  NONE;

  /** The same order for values as their stored bytes, little-endian. */
  int compare(ByteBuffer a, ByteBuffer b) {
    return switch (this) {
      case INT32 -> Integer.compare(a.getInt(0), b.getInt(0));
      case INT64 -> Long.compare(a.getLong(0), b.getLong(0));
      case UINT32 -> Integer.compareUnsigned(a.getInt(0), b.getInt(0));
      case UINT64 -> Long.compareUnsigned(a.getLong(0), b.getLong(0));
      case FLOAT -> Float.compare(a.getFloat(0), b.getFloat(0));
      case DOUBLE -> Double.compare(a.getDouble(0), b.getDouble(0));
      case DECIMAL -> {
        int sign = Byte.compare(a.get(0), b.get(0));
        yield sign != 0 ? sign : bytes(a, b);
      }
      case BYTES, NONE -> bytes(a, b);
    };
  }

  private static int bytes(ByteBuffer a, ByteBuffer b) {
    int at = a.mismatch(b);
    boolean differs = at >= 0 && at < Math.min(a.limit(), b.limit());
    return differs
        ? Byte.compareUnsigned(a.get(at), b.get(at))
        : Integer.compare(a.limit(), b.limit());
  }

  /**
   * Appends the least and the greatest of {@code count} values of one width, as stored; nothing
   * when there is none, as of floats that are all NaN, or when they are too long.
   *
   * @return whether there is one
   */
  boolean range(long values, int width, int count, GrowingBuffer target) throws CorruptException {
    if (count == 0) {
      return false;
    }
    switch (this) {
      case INT32, UINT32 -> {
        int flip = this == INT32 ? 0 : Integer.MIN_VALUE;
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        for (int i = 0; i < count; i++) {
          int value = Memory.getInt(values + 4L * i) ^ flip;
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
        long at = target.room(8);
        Memory.putInt(at, least ^ flip);
        Memory.putInt(at + 4, most ^ flip);
        target.advance(8);
        return true;
      }
      case INT64, UINT64 -> {
        long flip = this == INT64 ? 0 : Long.MIN_VALUE;
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
          long value = Memory.getLong(values + 8L * i) ^ flip;
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
        long at = target.room(16);
        Memory.putLong(at, least ^ flip);
        Memory.putLong(at + 8, most ^ flip);
        target.advance(16);
        return true;
      }
      case FLOAT -> {
        return floats(values, count, target);
      }
      case DOUBLE -> {
        return doubles(values, count, target);
      }
      case BYTES, DECIMAL -> {
        return wide(values, width, count, target);
      }
      default -> {
        return false;
      }
    }
  }

  private boolean wide(long values, int width, int count, GrowingBuffer target)
      throws CorruptException {
    if (!LongBounds.isExact(width)) {
      return false;
    }
    long least = values;
    long most = values;
    for (int i = 1; i < count; i++) {
      long value = values + (long) width * i;
      if (compare(value, least, width) < 0) {
        least = value;
      } else if (compare(value, most, width) > 0) {
        most = value;
      }
    }
    target.append(least, width);
    target.append(most, width);
    return true;
  }

  private int compare(long a, long b, int width) {
    if (this == DECIMAL && Memory.getByte(a) != Memory.getByte(b)) {
      return Byte.compare(Memory.getByte(a), Memory.getByte(b));
    }
    for (int i = 0; i < width; i++) {
      int sign = Byte.compareUnsigned(Memory.getByte(a + i), Memory.getByte(b + i));
      if (sign != 0) {
        return sign;
      }
    }
    return 0;
  }

  private static boolean floats(long values, int count, GrowingBuffer target)
      throws CorruptException {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      float value = Memory.getFloat(values + 4L * i);
      // False for NaN, which is in no order.
      least = value < least ? value : least;
      most = value > most ? value : most;
    }
    if (least > most) {
      return false;
    }
    long at = target.room(8);
    Memory.putFloat(at, least == 0 ? -0.0f : least);
    Memory.putFloat(at + 4, most == 0 ? 0.0f : most);
    target.advance(8);
    return true;
  }

  private static boolean doubles(long values, int count, GrowingBuffer target)
      throws CorruptException {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double value = Memory.getDouble(values + 8L * i);
      least = value < least ? value : least;
      most = value > most ? value : most;
    }
    if (least > most) {
      return false;
    }
    long at = target.room(16);
    Memory.putDouble(at, least == 0 ? -0.0 : least);
    Memory.putDouble(at + 8, most == 0 ? 0.0 : most);
    target.advance(16);
    return true;
  }
}
