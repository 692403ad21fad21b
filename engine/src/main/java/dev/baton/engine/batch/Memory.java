package dev.baton.engine.batch;

import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Raw off-heap memory access: the only class that knows how it is done, so that it can be swapped
 * for another mechanism in one place. Nothing is checked: an address outside a live buffer ends the
 * JVM. Values are little-endian, as in Arrow.
 *
 * <p>Floats go through the integer accessors that Arrow offers; the just-in-time compiler turns the
 * pair into one load or store.
 */
public final class Memory {
  private Memory() {}

  /** New memory with any contents; the caller gives it back by {@link #free}. */
  static long allocate(long bytes) {
    return MemoryUtil.allocateMemory(bytes);
  }

  static void free(long address) {
    MemoryUtil.freeMemory(address);
  }

  public static byte getByte(long address) {
    return MemoryUtil.getByte(address);
  }

  public static short getShort(long address) {
    return MemoryUtil.getShort(address);
  }

  public static int getInt(long address) {
    return MemoryUtil.getInt(address);
  }

  public static long getLong(long address) {
    return MemoryUtil.getLong(address);
  }

  public static float getFloat(long address) {
    return Float.intBitsToFloat(MemoryUtil.getInt(address));
  }

  public static double getDouble(long address) {
    return Double.longBitsToDouble(MemoryUtil.getLong(address));
  }

  public static void putByte(long address, byte value) {
    MemoryUtil.putByte(address, value);
  }

  public static void putShort(long address, short value) {
    MemoryUtil.putShort(address, value);
  }

  public static void putInt(long address, int value) {
    MemoryUtil.putInt(address, value);
  }

  public static void putLong(long address, long value) {
    MemoryUtil.putLong(address, value);
  }

  public static void putFloat(long address, float value) {
    MemoryUtil.putInt(address, Float.floatToRawIntBits(value));
  }

  public static void putDouble(long address, double value) {
    MemoryUtil.putLong(address, Double.doubleToRawLongBits(value));
  }

  public static void copy(long source, long target, long bytes) {
    MemoryUtil.copyMemory(source, target, bytes);
  }

  public static void fill(long address, long bytes, byte value) {
    MemoryUtil.setMemory(address, bytes, value);
  }

  /** Copies {@code length} bytes into {@code target} from {@code offset}. */
  public static void copyToArray(long source, byte[] target, int offset, int length) {
    MemoryUtil.copyFromMemory(source, target, offset, length);
  }

  /** Copies {@code length} bytes of {@code source} from {@code offset} to {@code target}. */
  public static void copyFromArray(byte[] source, int offset, long target, int length) {
    MemoryUtil.copyToMemory(source, offset, target, length);
  }

  /** So many doubles at an address as a buffer, whose bulk copies to the heap are fast. */
  public static DoubleBuffer doubles(long address, int count) {
    return MemoryUtil.directBuffer(address, Math.multiplyExact(8, count))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer();
  }

  /** Reads eight bytes of an array as a little-endian word; bounds are the caller's. */
  public static long getLong(byte[] array, int index) {
    return MemoryUtil.getLong(array, index);
  }
}
