package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;

/**
 * Reads DELTA_BINARY_PACKED integers: blocks of differences to the value before, in miniblocks of
 * one bit width each.
 *
 * <pre>
 * block size | miniblocks per block | count | first value, then for each block
 * least difference | a width for each miniblock | miniblocks
 * </pre>
 */
final class DeltaReader {
  private static final int MOST_BLOCK = 1 << 24;

  private long at;
  private long end;
  private int miniblocks;
  private int miniblockSize;

  /** Values that are not read yet. */
  private long left;

  private long value;
  private boolean first;
  private long least;
  private long widths;
  private int miniblock;
  private int inMiniblock;
  private int width;
  private long bit;

  void start(long from, long to) throws CorruptException {
    at = from;
    end = to;
    long block = varint();
    long parts = varint();
    left = varint();
    value = zigzag(varint());
    first = true;
    if (block <= 0 || block > MOST_BLOCK || parts <= 0 || parts > block || block % parts != 0) {
      throw new CorruptException(
          "a page has blocks of " + block + " values in " + parts + " parts");
    }
    miniblocks = (int) parts;
    miniblockSize = (int) (block / parts);
    if (miniblockSize % 8 != 0 || left < 0) {
      throw new CorruptException("a page has " + left + " values in parts of " + miniblockSize);
    }
    miniblock = miniblocks;
    inMiniblock = 0;
  }

  long left() {
    return left;
  }

  /** Goes past all values and returns where they end. */
  long skipAll() throws CorruptException {
    if (first && left > 0) {
      first = false;
      left--;
    }
    left -= Math.min(left, inMiniblock);
    while (left > 0) {
      nextMiniblock();
      left -= Math.min(left, inMiniblock);
    }
    inMiniblock = 0;
    return at;
  }

  /** Reads values of four or eight bytes. */
  void read(int count, int bytes, long target) throws CorruptException {
    if (count > left) {
      throw FixedValues.cutOff(count, left);
    }
    left -= count;
    int done = 0;
    if (first && count > 0) {
      first = false;
      put(target, bytes, value);
      done = 1;
    }
    while (done < count) {
      if (inMiniblock == 0) {
        nextMiniblock();
      }
      int some = Math.min(inMiniblock, count - done);
      long sum = value;
      if (bytes == 4) {
        for (int i = 0; i < some; i++) {
          sum += least + BitUnpacker.value(0, bit, width);
          bit += width;
          Memory.putInt(target + 4L * (done + i), (int) sum);
        }
      } else {
        for (int i = 0; i < some; i++) {
          sum += least + BitUnpacker.value(0, bit, width);
          bit += width;
          Memory.putLong(target + 8L * (done + i), sum);
        }
      }
      value = sum;
      inMiniblock -= some;
      done += some;
    }
  }

  private static void put(long target, int bytes, long value) {
    if (bytes == 4) {
      Memory.putInt(target, (int) value);
    } else {
      Memory.putLong(target, value);
    }
  }

  private void nextMiniblock() throws CorruptException {
    if (miniblock == miniblocks) {
      least = zigzag(varint());
      widths = at;
      if (miniblocks > end - at) {
        throw cutOff();
      }
      at += miniblocks;
      miniblock = 0;
    }
    width = Memory.getByte(widths + miniblock) & 0xFF;
    miniblock++;
    long length = (long) miniblockSize * width >>> 3;
    if (width > 64 || length > end - at) {
      throw cutOff();
    }
    bit = at << 3;
    at += length;
    inMiniblock = miniblockSize;
  }

  private long varint() throws CorruptException {
    long result = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at >= end) {
        throw cutOff();
      }
      byte next = Memory.getByte(at++);
      result |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return result;
      }
    }
    throw new CorruptException("a page has a number of more than 64 bits");
  }

  private static long zigzag(long value) {
    return value >>> 1 ^ -(value & 1);
  }

  private static CorruptException cutOff() {
    return new CorruptException("a page ends amid its differences");
  }
}
