package dev.baton.engine.batch;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/**
 * Validity bitmaps, a 64-bit word at a time: bit <i>i</i> is set when row <i>i</i> has a value. A
 * bitmap need not be padded to whole words (a sliced column's is not), so words are read through
 * {@link #word}, which never touches a byte past the last row.
 */
public final class Validity {
  private Validity() {}

  /** Bytes of a bitmap of {@code rows} bits. */
  public static int bytes(int rows) {
    return (rows + 7) >>> 3;
  }

  /** Words of a bitmap of {@code rows} bits. */
  public static int words(int rows) {
    return (rows + 63) >>> 6;
  }

  /** Bits {@code 64 * index} to {@code 64 * index + 63}; bits past {@code rows} are zero. */
  public static long word(long address, int index, int rows) {
    int first = index << 6;
    int left = rows - first;
    long at = address + ((long) index << 3);
    if (left >= 64) {
      return Memory.getLong(at);
    }
    long word = 0;
    for (int i = 0; i < bytes(left); i++) {
      word |= (Memory.getByte(at + i) & 0xFFL) << (i << 3);
    }
    return word & tail(left);
  }

  /** Writes a word obtained for the same {@code index} and {@code rows}, no byte further. */
  public static void putWord(long address, int index, int rows, long word) {
    int left = rows - (index << 6);
    long at = address + ((long) index << 3);
    if (left >= 64) {
      Memory.putLong(at, word);
      return;
    }
    for (int i = 0; i < bytes(left); i++) {
      Memory.putByte(at + i, (byte) (word >>> (i << 3)));
    }
  }

  /** A mask of the lowest {@code bits} bits, for 0 to 64. */
  public static long tail(int bits) {
    return bits >= 64 ? -1L : (1L << bits) - 1;
  }

  public static boolean isSet(long address, int row) {
    return (Memory.getByte(address + (row >>> 3)) >>> (row & 7) & 1) != 0;
  }

  public static void set(long address, int row) {
    long at = address + (row >>> 3);
    Memory.putByte(at, (byte) (Memory.getByte(at) | 1 << (row & 7)));
  }

  public static void clear(long address, int row) {
    long at = address + (row >>> 3);
    Memory.putByte(at, (byte) (Memory.getByte(at) & ~(1 << (row & 7))));
  }

  /** The number of rows without a value. */
  public static int nulls(long address, int rows) {
    int set = 0;
    for (int i = 0; i < words(rows); i++) {
      set += Long.bitCount(word(address, i, rows));
    }
    return rows - set;
  }

  /** The number of rows of {@code vector} without a value. */
  public static int nulls(FieldVector vector) {
    return nulls(address(vector), vector.getValueCount());
  }

  /** The address of the bitmap of {@code vector}, whose rows all have one in Arrow for Java. */
  public static long address(FieldVector vector) {
    return vector.getValidityBuffer().memoryAddress();
  }

  /** Marks all {@code rows} of a bitmap valid; the unused bits of the last byte are zero. */
  public static void setAll(ArrowBuf bitmap, int rows) {
    setAll(bitmap.memoryAddress(), rows);
  }

  /** Marks all {@code rows} of a bitmap valid; the unused bits of the last byte are zero. */
  public static void setAll(long address, int rows) {
    int whole = rows >>> 3;
    Memory.fill(address, whole, (byte) -1);
    if ((rows & 7) != 0) {
      Memory.putByte(address + whole, (byte) tail(rows & 7));
    }
  }

  /** Copies a bitmap of {@code rows} bits; the unused bits of the last byte become zero. */
  public static void copy(long source, long target, int rows) {
    int bytes = bytes(rows);
    Memory.copy(source, target, bytes);
    if ((rows & 7) != 0) {
      long last = target + bytes - 1;
      Memory.putByte(last, (byte) (Memory.getByte(last) & tail(rows & 7)));
    }
  }
}
