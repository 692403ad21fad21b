package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;

/** The 32-bit xxHash, with seed 0, of the checksums in LZ4 frames. */
final class XxHash32 {
  private static final int P1 = 0x9E3779B1;
  private static final int P2 = 0x85EBCA77;
  private static final int P3 = 0xC2B2AE3D;
  private static final int P4 = 0x27D4EB2F;
  private static final int P5 = 0x165667B1;

  private static final int P1_AND_P2 = 0x24234428;
  private static final int MINUS_P1 = 0x61C8864F;

  private XxHash32() {}

  static int of(long address, long length) {
    long at = address;
    long end = address + length;
    int hash = P5;
    if (length >= 16) {
      int a = P1_AND_P2;
      int b = P2;
      int c = 0;
      int d = MINUS_P1;
      for (; end - at >= 16; at += 16) {
        a = round(a, Memory.getInt(at));
        b = round(b, Memory.getInt(at + 4));
        c = round(c, Memory.getInt(at + 8));
        d = round(d, Memory.getInt(at + 12));
      }
      hash =
          Integer.rotateLeft(a, 1)
              + Integer.rotateLeft(b, 7)
              + Integer.rotateLeft(c, 12)
              + Integer.rotateLeft(d, 18);
    }
    hash += (int) length;
    for (; end - at >= 4; at += 4) {
      hash = Integer.rotateLeft(hash + Memory.getInt(at) * P3, 17) * P4;
    }
    for (; at < end; at++) {
      hash = Integer.rotateLeft(hash + (Memory.getByte(at) & 0xFF) * P5, 11) * P1;
    }
    hash = (hash ^ hash >>> 15) * P2;
    hash = (hash ^ hash >>> 13) * P3;
    return hash ^ hash >>> 16;
  }

  private static int round(int sum, int word) {
    return Integer.rotateLeft(sum + word * P2, 13) * P1;
  }
}
