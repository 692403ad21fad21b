package dev.baton.operators.internal;

import java.util.Arrays;

/** Values in ascending order, each of which stands for one or more of a column. Not changed. */
public final class Sorted {
  private final double[] values;
  private final int size;

  /** How many values of the column lie up to each; null where each stands for itself. */
  private final long[] upTo;

  private Sorted(double[] values, int size, long[] upTo) {
    this.values = values;
    this.size = size;
    this.upTo = upTo;
  }

  /** The first {@code size} of an array in order, which is kept. */
  static Sorted of(double[] values, int size) {
    return new Sorted(values, size, null);
  }

  /** These and others in order, of a weight each. */
  Sorted with(double[] more, int count, long weight) {
    double[] all = new double[size + count];
    long[] ends = new long[all.length];
    long end = 0;
    int i = 0;
    int j = 0;
    for (int k = 0; k < all.length; k++) {
      boolean mine = j == count || i < size && Double.compare(values[i], more[j]) <= 0;
      end += mine ? weight(i) : weight;
      all[k] = mine ? values[i++] : more[j++];
      ends[k] = end;
    }
    return new Sorted(all, all.length, ends);
  }

  /** How many values there are to iterate over. */
  public int size() {
    return size;
  }

  public double value(int i) {
    return values[i];
  }

  /** How many values of the column that one stands for. */
  public long weight(int i) {
    return upTo == null ? 1 : upTo[i] - (i == 0 ? 0 : upTo[i - 1]);
  }

  /** The value at that place of the whole column in order, from 0. */
  double at(long rank) {
    if (upTo == null) {
      return values[(int) rank];
    }
    int place = Arrays.binarySearch(upTo, 0, size, rank + 1);
    return values[place < 0 ? ~place : place];
  }
}
