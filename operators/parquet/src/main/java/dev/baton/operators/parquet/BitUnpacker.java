package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;

/**
 * Integers of few bits that lie one behind the other, from the lowest bit of the first byte. Up to
 * eight bytes behind the last value are read.
 */
final class BitUnpacker {
  private BitUnpacker() {}

  /** Unpacks {@code count} values of 0 to 32 bits from bit {@code bit} on, as 32-bit integers. */
  static void ints(long source, long bit, int width, int count, long target) {
    if (width == 0) {
      Memory.fill(target, 4L * count, (byte) 0);
      return;
    }
    int done = 0;
    if ((bit & 7) == 0) {
      done = count & -8;
      long at = source + (bit >>> 3);
      if (width <= 8) {
        oneWord(at, width, done, target);
      } else if (width <= 16) {
        twoWords(at, width, done, target);
      } else {
        done = 0;
      }
    }
    long mask = (1L << width) - 1;
    long next = bit + (long) done * width;
    for (int i = done; i < count; i++) {
      long word = Memory.getLong(source + (next >>> 3)) >>> (next & 7);
      Memory.putInt(target + 4L * i, (int) (word & mask));
      next += width;
    }
  }

  /** Eight values at once, that lie in one word. */
  private static void oneWord(long at, int width, int count, long target) {
    int mask = (1 << width) - 1;
    for (int i = 0; i < count; i += 8) {
      long word = Memory.getLong(at);
      Memory.putInt(target, (int) word & mask);
      Memory.putInt(target + 4, (int) (word >>> width) & mask);
      Memory.putInt(target + 8, (int) (word >>> 2 * width) & mask);
      Memory.putInt(target + 12, (int) (word >>> 3 * width) & mask);
      Memory.putInt(target + 16, (int) (word >>> 4 * width) & mask);
      Memory.putInt(target + 20, (int) (word >>> 5 * width) & mask);
      Memory.putInt(target + 24, (int) (word >>> 6 * width) & mask);
      Memory.putInt(target + 28, (int) (word >>> 7 * width) & mask);
      at += width;
      target += 32;
    }
  }

  /** Eight values at once, of which four lie in one word; the second four may start amid a byte. */
  private static void twoWords(long at, int width, int count, long target) {
    int mask = (1 << width) - 1;
    int half = 4 * width >>> 3;
    int shift = 4 * width & 7;
    for (int i = 0; i < count; i += 8) {
      long low = Memory.getLong(at);
      long high = Memory.getLong(at + half) >>> shift;
      Memory.putInt(target, (int) low & mask);
      Memory.putInt(target + 4, (int) (low >>> width) & mask);
      Memory.putInt(target + 8, (int) (low >>> 2 * width) & mask);
      Memory.putInt(target + 12, (int) (low >>> 3 * width) & mask);
      Memory.putInt(target + 16, (int) high & mask);
      Memory.putInt(target + 20, (int) (high >>> width) & mask);
      Memory.putInt(target + 24, (int) (high >>> 2 * width) & mask);
      Memory.putInt(target + 28, (int) (high >>> 3 * width) & mask);
      at += width;
      target += 32;
    }
  }

  /** One value of 0 to 64 bits. */
  static long value(long source, long bit, int width) {
    if (width == 0) {
      return 0;
    }
    long at = source + (bit >>> 3);
    int shift = (int) (bit & 7);
    long word = Memory.getLong(at) >>> shift;
    if (shift + width > 64) {
      word |= (Memory.getByte(at + 8) & 0xFFL) << (64 - shift);
    }
    return width == 64 ? word : word & (1L << width) - 1;
  }
}
