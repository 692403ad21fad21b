package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;

/**
 * Copies the values of the rows that have one, one behind the other. Up to one value more is
 * written behind the last.
 */
final class Compaction {
  private Compaction() {}

  static void values(long source, int width, long bitmap, int rows, int present, long target) {
    if (present == rows) {
      Memory.copy(source, target, (long) rows * width);
      return;
    }
    for (int word = 0; word < Validity.words(rows); word++) {
      long bits = Validity.word(bitmap, word, rows);
      int start = word << 6;
      int some = Math.min(64, rows - start);
      if (bits == Validity.tail(some)) {
        Memory.copy(source + (long) start * width, target, (long) some * width);
      } else if (width == 4) {
        long to = target;
        for (int i = 0; i < some; i++) {
          Memory.putInt(to, Memory.getInt(source + 4L * (start + i)));
          to += (bits >>> i & 1) << 2;
        }
      } else if (width == 8) {
        long to = target;
        for (int i = 0; i < some; i++) {
          Memory.putLong(to, Memory.getLong(source + 8L * (start + i)));
          to += (bits >>> i & 1) << 3;
        }
      } else {
        long to = target;
        for (long left = bits; left != 0; left &= left - 1) {
          int row = start + Long.numberOfTrailingZeros(left);
          Memory.copy(source + (long) row * width, to, width);
          to += width;
        }
      }
      target += (long) Long.bitCount(bits) * width;
    }
  }

  /** Integers of 8, 16 or 32 bits as 32-bit ones. */
  static void widened(long source, int width, boolean signed, long bitmap, int rows, long target) {
    int shift = signed ? 0 : 32 - 8 * width;
    for (int i = 0; i < rows; i++) {
      int value = width == 1 ? Memory.getByte(source + i) : Memory.getShort(source + 2L * i);
      Memory.putInt(target, value << shift >>> shift);
      target += Validity.isSet(bitmap, i) ? 4 : 0;
    }
  }

  /** Little-endian values as big-endian ones. */
  static void reversed(long source, int width, long bitmap, int rows, long target) {
    for (int i = 0; i < rows; i++) {
      if (Validity.isSet(bitmap, i)) {
        long from = source + (long) i * width;
        for (int j = 0; j < width; j += 8) {
          long word = Memory.getLong(from + width - 8 - j);
          Memory.putLong(target + j, Long.reverseBytes(word));
        }
        target += width;
      }
    }
  }
}
