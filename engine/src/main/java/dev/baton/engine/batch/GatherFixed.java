package dev.baton.engine.batch;

import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;

/** {@link Gather} for values of 1, 2, 4, 8 or 16 bytes, and for single bits. */
final class GatherFixed {
  private GatherFixed() {}

  static boolean supports(FieldVector vector) {
    if (vector instanceof BitVector) {
      return true;
    }
    return vector instanceof BaseFixedWidthVector fixed
        && switch (fixed.getTypeWidth()) {
          case 1, 2, 4, 8, 16 -> true;
          default -> false;
        };
  }

  /** Fills an empty target; {@code run} says that the selected rows follow each other. */
  static void take(
      BaseFixedWidthVector source,
      BaseFixedWidthVector target,
      int[] selected,
      int count,
      boolean run) {
    target.allocateNew(count);
    target.setValueCount(count);
    bits(
        Validity.address(source),
        Validity.address(target),
        source.getValueCount(),
        selected,
        count,
        run);
    long from = Vectors.data(source);
    long to = Vectors.data(target);
    if (source instanceof BitVector) {
      bits(from, to, source.getValueCount(), selected, count, run);
      return;
    }
    int width = source.getTypeWidth();
    if (run) {
      Memory.copy(from + (long) width * selected[0], to, (long) width * count);
      return;
    }
    switch (width) {
      case 1 -> bytes(from, to, selected, count);
      case 2 -> shorts(from, to, selected, count);
      case 4 -> ints(from, to, selected, count);
      case 8 -> longs(from, to, selected, count);
      default -> pairs(from, to, selected, count);
    }
  }

  /** A bitmap of {@code rows} bits; the unused bits of the target's last byte become zero. */
  static void bits(long from, long to, int rows, int[] selected, int count, boolean run) {
    if (run) {
      bitRun(from, rows, selected[0], to, count);
      return;
    }
    for (int i = 0; i < Validity.words(count); i++) {
      int first = i << 6;
      int some = Math.min(64, count - first);
      long word = 0;
      for (int j = 0; j < some; j++) {
        int row = selected[first + j];
        word |= (Memory.getByte(from + (row >>> 3)) >>> (row & 7) & 1L) << j;
      }
      Validity.putWord(to, i, count, word);
    }
  }

  private static void bitRun(long from, int rows, int start, long to, int count) {
    int shift = start & 63;
    int index = start >>> 6;
    int last = Validity.words(rows) - 1;
    long word = Validity.word(from, index, rows);
    for (int i = 0; i < Validity.words(count); i++) {
      long next = index < last ? Validity.word(from, ++index, rows) : 0;
      // Two steps, since a shift by 64 shifts nothing.
      long joined = word >>> shift | next << 1 << (63 - shift);
      Validity.putWord(to, i, count, joined & Validity.tail(count - (i << 6)));
      word = next;
    }
  }

  private static void bytes(long from, long to, int[] selected, int count) {
    for (int i = 0; i < count; i++) {
      Memory.putByte(to + i, Memory.getByte(from + selected[i]));
    }
  }

  private static void shorts(long from, long to, int[] selected, int count) {
    for (int i = 0; i < count; i++) {
      Memory.putShort(to + 2L * i, Memory.getShort(from + 2L * selected[i]));
    }
  }

  private static void ints(long from, long to, int[] selected, int count) {
    for (int i = 0; i < count; i++) {
      Memory.putInt(to + 4L * i, Memory.getInt(from + 4L * selected[i]));
    }
  }

  private static void longs(long from, long to, int[] selected, int count) {
    for (int i = 0; i < count; i++) {
      Memory.putLong(to + 8L * i, Memory.getLong(from + 8L * selected[i]));
    }
  }

  private static void pairs(long from, long to, int[] selected, int count) {
    for (int i = 0; i < count; i++) {
      long at = from + 16L * selected[i];
      Memory.putLong(to + 16L * i, Memory.getLong(at));
      Memory.putLong(to + 16L * i + 8, Memory.getLong(at + 8));
    }
  }
}
