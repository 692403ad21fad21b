package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;

/**
 * Moves values that lie one behind the other to the rows that have one, in place. It goes from the
 * last row to the first, so that no value is overwritten before it is moved, and stops where all
 * rows before have values.
 */
final class Spread {
  private static final int PIECE = 56;

  private Spread() {}

  /** Values of any width; nulls become zeros. */
  static void values(long data, int width, long bitmap, int first, int rows, int present) {
    int next = present - 1;
    for (int end = rows; end > 0 && next + 1 < end; ) {
      int start = (end - 1) / PIECE * PIECE;
      int some = end - start;
      long bits = Bits.get((bitmap << 3) + first + start, some);
      int ones = Long.bitCount(bits);
      if (ones == 0) {
        Memory.fill(data + (long) start * width, (long) some * width, (byte) 0);
      } else if (ones == some) {
        Memory.copy(
            data + (long) (next + 1 - some) * width,
            data + (long) start * width,
            (long) some * width);
      } else {
        mixed(data, width, start, some, bits, next);
      }
      next -= ones;
      end = start;
    }
  }

  private static void mixed(long data, int width, int start, int some, long bits, int next) {
    switch (width) {
      case 4 -> {
        for (int i = some - 1; i >= 0 && next >= 0; i--) {
          int bit = (int) (bits >>> i & 1);
          int value = Memory.getInt(data + 4L * next) & -bit;
          Memory.putInt(data + 4L * (start + i), value);
          next -= bit;
        }
      }
      case 8 -> {
        for (int i = some - 1; i >= 0 && next >= 0; i--) {
          int bit = (int) (bits >>> i & 1);
          long value = Memory.getLong(data + 8L * next) & -bit;
          Memory.putLong(data + 8L * (start + i), value);
          next -= bit;
        }
      }
      default -> {
        for (int i = some - 1; i >= 0 && next >= 0; i--) {
          long to = data + (long) width * (start + i);
          if ((bits >>> i & 1) == 0) {
            Memory.fill(to, width, (byte) 0);
          } else {
            Memory.copy(data + (long) width * next, to, width);
            next--;
          }
        }
      }
    }
    // No value is left: what is before are nulls, up to the first one of this piece.
    int missing = Long.numberOfTrailingZeros(bits);
    if (next < 0) {
      Memory.fill(data + (long) width * start, (long) width * missing, (byte) 0);
    }
  }

  /** Ends of texts; a null ends where the text before it does. */
  static void ends(long ends, long bitmap, int first, int rows, int present) {
    int next = present - 1;
    for (int end = rows; end > 0 && next + 1 < end; ) {
      int start = (end - 1) / PIECE * PIECE;
      int some = end - start;
      long bits = Bits.get((bitmap << 3) + first + start, some);
      for (int i = some - 1; i >= 0; i--) {
        Memory.putInt(ends + 4L * (start + i), Memory.getInt(ends + 4L * next));
        next -= (int) (bits >>> i & 1);
      }
      end = start;
    }
  }
}
