package dev.baton.operators.expression;

import dev.baton.engine.batch.Memory;

/** Compares and searches ranges of UTF-8 bytes in place, a 64-bit word at a time where it can. */
final class Bytes {
  private Bytes() {}

  static boolean equal(long a, long b, int length) {
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      if (Memory.getLong(a + i) != Memory.getLong(b + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (Memory.getByte(a + i) != Memory.getByte(b + i)) {
        return false;
      }
    }
    return true;
  }

  /** Orders as unsigned bytes, which for UTF-8 is the order of code points. */
  static int compare(long a, int aLength, long b, int bLength) {
    int shared = Math.min(aLength, bLength);
    int i = 0;
    for (; i + 8 <= shared; i += 8) {
      long x = Memory.getLong(a + i);
      long y = Memory.getLong(b + i);
      if (x != y) {
        return Long.compareUnsigned(Long.reverseBytes(x), Long.reverseBytes(y));
      }
    }
    for (; i < shared; i++) {
      int order = (Memory.getByte(a + i) & 0xFF) - (Memory.getByte(b + i) & 0xFF);
      if (order != 0) {
        return order;
      }
    }
    return aLength - bLength;
  }

  /** Where {@code part} first occurs in {@code text} at or after {@code from}, or -1. */
  static int find(long text, int length, long part, int partLength, int from) {
    if (partLength == 0) {
      return from <= length ? from : -1;
    }
    byte first = Memory.getByte(part);
    for (int i = from; i + partLength <= length; i++) {
      if (Memory.getByte(text + i) == first && equal(text + i, part, partLength)) {
        return i;
      }
    }
    return -1;
  }

  /** The number of code points: of bytes that do not continue one. */
  static int codePoints(long text, int length) {
    int count = 0;
    for (int i = 0; i < length; i++) {
      count += (Memory.getByte(text + i) & 0xC0) != 0x80 ? 1 : 0;
    }
    return count;
  }

  /** The byte at which code point {@code index} starts, or {@code length} when there are fewer. */
  static int offset(long text, int length, long index) {
    int at = 0;
    for (long seen = 0; at < length; at++) {
      if ((Memory.getByte(text + at) & 0xC0) != 0x80 && seen++ == index) {
        return at;
      }
    }
    return length;
  }
}
