package dev.baton.operators.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** MurmurHash3 x86 32-bit of Austin Appleby, seed 0: what scikit-learn hashes tokens with. */
final class Murmur3 {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private Murmur3() {}

  /** The hash of bytes {@code start} to {@code end - 1}. */
  static int hash(byte[] bytes, int start, int end) {
    int hash = 0;
    int at = start;
    for (; at + 4 <= end; at += 4) {
      hash ^= scramble((int) INT.get(bytes, at));
      hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
    }
    int tail = 0;
    for (int i = end - 1; i >= at; i--) {
      tail = tail << 8 | bytes[i] & 0xFF;
    }
    hash ^= scramble(tail) ^ end - start;
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  private static int scramble(int word) {
    return Integer.rotateLeft(word * C1, 15) * C2;
  }
}
