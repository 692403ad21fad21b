package dev.baton.engine.batch;

import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.complex.ListVector;

/**
 * {@link Gather} for texts, bytes and lists of fixed-width values: the offsets first, which gives
 * the size, then the contents.
 */
final class GatherVariable {
  /** Longer values are copied by a call, shorter ones by a loop over words. */
  private static final int LONG_VALUE = 64;

  private GatherVariable() {}

  static void bytes(
      BaseVariableWidthVector source,
      BaseVariableWidthVector target,
      int[] selected,
      int count,
      boolean run) {
    long from = Vectors.offsets(source);
    int total = total(from, selected, count);
    // Room for the last word that copyValues writes beyond the last value.
    target.allocateNew(total + 8L, count);
    long to = Vectors.offsets(target);
    offsets(from, to, selected, count);
    GatherFixed.bits(
        Validity.address(source),
        Validity.address(target),
        source.getValueCount(),
        selected,
        count,
        run);
    long data = Vectors.data(source);
    if (run) {
      Memory.copy(data + Memory.getInt(from + 4L * selected[0]), Vectors.data(target), total);
    } else {
      long limit = data + source.getDataBuffer().capacity();
      copyValues(from, data, limit, Vectors.data(target), selected, count);
    }
    target.setLastSet(count - 1);
    target.setValueCount(count);
  }

  static void list(ListVector source, ListVector target, int[] selected, int count, boolean run) {
    long from = Vectors.offsets(source);
    int total = total(from, selected, count);
    int[] elements = elements(from, selected, count, total);
    target.setInitialCapacity(count);
    target.allocateNew();
    offsets(from, Vectors.offsets(target), selected, count);
    GatherFixed.bits(
        Validity.address(source),
        Validity.address(target),
        source.getValueCount(),
        selected,
        count,
        run);
    if (total > 0) {
      GatherFixed.take(
          (BaseFixedWidthVector) source.getDataVector(),
          (BaseFixedWidthVector) target.getDataVector(),
          elements,
          total,
          run);
    }
    target.setLastSet(count - 1);
    target.setValueCount(count);
  }

  private static int total(long offsets, int[] selected, int count) {
    long total = 0;
    for (int i = 0; i < count; i++) {
      long at = offsets + 4L * selected[i];
      total += Memory.getInt(at + 4) - Memory.getInt(at);
    }
    if (total > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the chosen rows hold "
              + total
              + " bytes or elements but a column holds at most 2147483647; use smaller batches");
    }
    return (int) total;
  }

  private static void offsets(long from, long to, int[] selected, int count) {
    int end = 0;
    Memory.putInt(to, 0);
    for (int i = 0; i < count; i++) {
      long at = from + 4L * selected[i];
      end += Memory.getInt(at + 4) - Memory.getInt(at);
      Memory.putInt(to + 4L * (i + 1), end);
    }
  }

  private static int[] elements(long offsets, int[] selected, int count, int total) {
    int[] elements = new int[total];
    int next = 0;
    for (int i = 0; i < count; i++) {
      long at = offsets + 4L * selected[i];
      int end = Memory.getInt(at + 4);
      for (int element = Memory.getInt(at); element < end; element++) {
        elements[next++] = element;
      }
    }
    return elements;
  }

  private static void copyValues(
      long offsets, long data, long limit, long target, int[] selected, int count) {
    long to = target;
    for (int i = 0; i < count; i++) {
      long at = offsets + 4L * selected[i];
      int start = Memory.getInt(at);
      int length = Memory.getInt(at + 4) - start;
      long from = data + start;
      if (length <= LONG_VALUE && from + length + 8 <= limit) {
        // Writes up to seven bytes too many, which the next value overwrites.
        for (int done = 0; done < length; done += 8) {
          Memory.putLong(to + done, Memory.getLong(from + done));
        }
      } else {
        Memory.copy(from, to, length);
      }
      to += length;
    }
  }
}
