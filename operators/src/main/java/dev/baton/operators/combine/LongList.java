package dev.baton.operators.combine;

import java.util.Arrays;

/** Longs without boxes. */
final class LongList {
  private long[] values;
  private int size;

  LongList(long... values) {
    this.values = values;
    this.size = values.length;
  }

  int size() {
    return size;
  }

  long get(int index) {
    return values[index];
  }

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(16, 2 * size));
    }
    values[size++] = value;
  }

  void add(double value) {
    add(Double.doubleToRawLongBits(value));
  }

  long[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
