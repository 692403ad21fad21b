package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;

/** Writes the indices of a page: their width, then one repeated value or bit-packed groups. */
final class Runs {
  private Runs() {}

  /**
   * Appends {@code numbers[index]} for each of the indices of two bytes.
   *
   * @param size all numbers are below
   */
  static void write(int[] numbers, long indices, int count, int size, GrowingBuffer out)
      throws CorruptException {
    int width = Math.max(1, 32 - Integer.numberOfLeadingZeros(size - 1));
    int groups = (count + 7) >>> 3;
    long start = out.room(64L + (long) groups * width);
    long at = start;
    Memory.putByte(at++, (byte) width);
    if (count > 0 && isConstant(indices, count)) {
      at = Levels.varint(count << 1, at);
      int value = numbers[Memory.getShort(indices)];
      Memory.putInt(at, value);
      at += (width + 7) >>> 3;
    } else if (count > 0) {
      at = Levels.varint(groups << 1 | 1, at);
      pack(numbers, indices, count, width, at);
      at += (long) groups * width;
    }
    out.advance(at - start);
  }

  private static boolean isConstant(long indices, int count) {
    short first = Memory.getShort(indices);
    for (int i = 1; i < count; i++) {
      if (Memory.getShort(indices + 2L * i) != first) {
        return false;
      }
    }
    return true;
  }

  private static void pack(int[] numbers, long indices, int count, int width, long at) {
    long word = 0;
    int bits = 0;
    int i = 0;
    if (width <= 16) {
      // Four at once: so the next word waits for the last one a quarter as often.
      int four = 4 * width;
      for (; i < count - 3; i += 4) {
        long shorts = Memory.getLong(indices + 2L * i);
        long value =
            numbers[(int) shorts & 0xFFFF]
                | (long) numbers[(int) (shorts >>> 16) & 0xFFFF] << width
                | (long) numbers[(int) (shorts >>> 32) & 0xFFFF] << 2 * width
                | (long) numbers[(int) (shorts >>> 48)] << 3 * width;
        word |= value << bits;
        bits += four;
        if (bits >= 64) {
          Memory.putLong(at, word);
          at += 8;
          bits -= 64;
          word = bits == 0 ? 0 : value >>> (four - bits);
        }
      }
    }
    for (; i < count; i++) {
      long value = numbers[Memory.getShort(indices + 2L * i)];
      word |= value << bits;
      bits += width;
      if (bits >= 64) {
        Memory.putLong(at, word);
        at += 8;
        bits -= 64;
        word = bits == 0 ? 0 : value >>> (width - bits);
      }
    }
    // The last group is filled up with zeros.
    Memory.putLong(at, word);
    Memory.putLong(at + 8, 0);
    Memory.putLong(at + 16, 0);
    Memory.putLong(at + 24, 0);
  }
}
