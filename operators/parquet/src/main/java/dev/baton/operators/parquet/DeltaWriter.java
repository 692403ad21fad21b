package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;

/**
 * Writes integers as DELTA_BINARY_PACKED, which {@link DeltaReader} shows, in blocks of the size
 * that all writers use. Integers that are near to each other, or follow each other, get small;
 * those that fill their type get a little larger than they are. One object serves many columns.
 */
final class DeltaWriter {
  private static final int BLOCK = 128;
  private static final int MINIBLOCKS = 4;
  private static final int MINIBLOCK = BLOCK / MINIBLOCKS;

  /** Four numbers of at most 64 bits, seven in a byte. */
  private static final int MOST_HEADER = 40;

  /** The least difference and the widths. */
  private static final int MOST_BLOCK_HEADER = 10 + MINIBLOCKS;

  /** Of the present block. */
  private final long[] differences = new long[BLOCK];

  /** How many bytes {@code count} values of {@code width} bytes can become at most. */
  static long most(int width, int count) {
    long blocks = (count + BLOCK - 1L) / BLOCK;
    return MOST_HEADER + blocks * (MOST_BLOCK_HEADER + (long) BLOCK * width);
  }

  /**
   * Writes {@code count} values of four or eight bytes from {@code source}.
   *
   * @param target with room for {@link #most}, and for eight bytes more
   * @return the address behind what is written
   */
  long write(long source, int width, int count, long target) {
    long at = varint(BLOCK, target);
    at = varint(MINIBLOCKS, at);
    at = varint(count, at);
    at = varint(zigzag(count == 0 ? 0 : value(source, width, 0)), at);
    for (int first = 1; first < count; first += BLOCK) {
      int some = Math.min(BLOCK, count - first);
      long least = width == 4 ? ints(source, first, some) : longs(source, first, some);
      at = block(least, some, at);
    }
    return at;
  }

  private static long value(long source, int width, int number) {
    return width == 4 ? Memory.getInt(source + 4L * number) : Memory.getLong(source + 8L * number);
  }

  /** Finds the differences of some values to the one before, and returns the least. */
  private long ints(long source, int first, int some) {
    int least = Integer.MAX_VALUE;
    int last = Memory.getInt(source + 4L * first - 4);
    for (int i = 0; i < some; i++) {
      int value = Memory.getInt(source + 4L * (first + i));
      int difference = value - last;
      differences[i] = difference;
      least = Math.min(least, difference);
      last = value;
    }
    return least;
  }

  private long longs(long source, int first, int some) {
    long least = Long.MAX_VALUE;
    long last = Memory.getLong(source + 8L * first - 8);
    for (int i = 0; i < some; i++) {
      long value = Memory.getLong(source + 8L * (first + i));
      long difference = value - last;
      differences[i] = difference;
      least = Math.min(least, difference);
      last = value;
    }
    return least;
  }

  private long block(long least, int some, long target) {
    long widths = varint(zigzag(least), target);
    long at = widths + MINIBLOCKS;
    for (int i = 0; i < some; i++) {
      differences[i] -= least;
    }
    for (int i = some; i < BLOCK; i++) {
      differences[i] = 0;
    }
    for (int i = 0; i < MINIBLOCKS; i++) {
      int first = i * MINIBLOCK;
      long all = 0;
      for (int j = first; j < first + MINIBLOCK; j++) {
        all |= differences[j];
      }
      int width = Long.SIZE - Long.numberOfLeadingZeros(all);
      Memory.putByte(widths + i, (byte) width);
      pack(first, width, at);
      at += (long) MINIBLOCK / Byte.SIZE * width;
    }
    return at;
  }

  /** Packs a miniblock. */
  private void pack(int first, int width, long target) {
    long at = target;
    long word = 0;
    int bits = 0;
    if (width <= 32) {
      // Two at once, so that the next word waits for the last one half as often.
      for (int i = first; i < first + MINIBLOCK; i += 2) {
        long two = differences[i] | differences[i + 1] << width;
        word |= two << bits;
        bits += 2 * width;
        if (bits >= Long.SIZE) {
          Memory.putLong(at, word);
          at += Long.BYTES;
          bits -= Long.SIZE;
          // Shifted twice, for no shift is by 64.
          word = two >>> 1 >>> (2 * width - bits - 1);
        }
      }
    } else {
      for (int i = first; i < first + MINIBLOCK; i++) {
        word |= differences[i] << bits;
        bits += width;
        if (bits >= Long.SIZE) {
          Memory.putLong(at, word);
          at += Long.BYTES;
          bits -= Long.SIZE;
          word = bits == 0 ? 0 : differences[i] >>> (width - bits);
        }
      }
    }
    // 32 values are whole bytes, and fill the last word half at least, or to its end.
    Memory.putLong(at, word);
  }

  private static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  private static long varint(long value, long target) {
    long at = target;
    long left = value;
    for (; (left & ~0x7FL) != 0; left >>>= 7) {
      Memory.putByte(at++, (byte) (left | 0x80));
    }
    Memory.putByte(at++, (byte) left);
    return at;
  }
}
