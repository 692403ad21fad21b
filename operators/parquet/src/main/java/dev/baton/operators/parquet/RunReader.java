package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;

/** Reads Parquet's hybrid of repeated values and bit-packed groups of eight. */
final class RunReader {
  private long at;
  private long end;
  private int width;

  /** What is left of the present run: repeated, or packed from {@code bit} on. */
  private long left;

  private boolean packed;
  private int repeated;
  private long bit;

  void start(long from, long to, int bits) throws CorruptException {
    if (bits < 0 || bits > 32) {
      throw new CorruptException("a page announces values of " + bits + " bits");
    }
    at = from;
    end = to;
    width = bits;
    left = 0;
  }

  /** Reads the next {@code count} values as 32-bit integers. */
  void ints(int count, long target) throws CorruptException {
    for (int done = 0; done < count; ) {
      int some = run(count - done);
      long to = target + 4L * done;
      if (packed) {
        BitUnpacker.ints(0, bit, width, some, to);
        bit += (long) some * width;
      } else {
        for (int i = 0; i < some; i++) {
          Memory.putInt(to + 4L * i, repeated);
        }
      }
      left -= some;
      done += some;
    }
  }

  /**
   * Sets bits {@code first} to {@code first + count} of a bitmap, which are zero before, from
   * values of one bit; returns how many were ones.
   */
  int bits(int count, long bitmap, int first) throws CorruptException {
    int ones = 0;
    for (int done = 0; done < count; ) {
      int some = run(count - done);
      if (packed) {
        ones += Bits.copy(bit, bitmap, first + done, some);
        bit += some;
      } else if (repeated == 1) {
        Bits.set(bitmap, first + done, some);
        ones += some;
      } else if (repeated != 0) {
        throw new CorruptException("a page has definition level " + repeated + " where 1 is most");
      }
      left -= some;
      done += some;
    }
    return ones;
  }

  /** How many of {@code wanted} values the present run has; begins the next one when it is over. */
  private int run(int wanted) throws CorruptException {
    while (left == 0) {
      int header = varint();
      packed = (header & 1) != 0;
      long count = Integer.toUnsignedLong(header) >>> 1;
      if (packed) {
        long bytes = count * width;
        if (bytes > end - at) {
          // Some writers leave out what pads the last group.
          bytes = end - at;
          left = width == 0 ? count * 8 : bytes * 8 / width;
        } else {
          left = count * 8;
        }
        bit = at << 3;
        at += bytes;
      } else {
        left = count;
        int bytes = (width + 7) >>> 3;
        if (bytes > end - at) {
          throw cutOff();
        }
        repeated = 0;
        for (int i = 0; i < bytes; i++) {
          repeated |= (Memory.getByte(at++) & 0xFF) << (8 * i);
        }
      }
    }
    return (int) Math.min(wanted, left);
  }

  private int varint() throws CorruptException {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (at >= end) {
        throw cutOff();
      }
      byte next = Memory.getByte(at++);
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new CorruptException("a run in a page has a length of more than 32 bits");
  }

  private static CorruptException cutOff() {
    return new CorruptException("a page ends amid its runs of values");
  }
}
