package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;

/**
 * MurmurHash3 x86 32-bit of Austin Appleby, seed 0, of texts that begin with the same bytes, which
 * are hashed once. Immutable.
 */
public final class Murmur3 {
  private static final Murmur3 NONE = new Murmur3(new byte[0]);

  private final int state;
  private final int length;

  /** The last bytes of the prefix, fewer than four, and how many bits they have. */
  private final long left;

  private final int leftBits;

  public Murmur3(byte[] prefix) {
    int hash = 0;
    long bits = 0;
    int count = 0;
    for (byte next : prefix) {
      bits |= (next & 0xFFL) << count;
      count += 8;
      if (count == 32) {
        hash = mix(hash, (int) bits);
        bits = 0;
        count = 0;
      }
    }
    this.state = hash;
    this.length = prefix.length;
    this.left = bits;
    this.leftBits = count;
  }

  /** The hash of bytes of memory, without a prefix. */
  public static int of(long address, int count) {
    return NONE.hash(address, count);
  }

  /** The hash of the prefix followed by {@code count} bytes of memory. */
  public int hash(long address, int count) {
    int hash = state;
    long bits = left;
    int have = leftBits;
    long at = address;
    long end = address + count;
    for (; at + 4 <= end; at += 4) {
      bits |= (Memory.getInt(at) & 0xFFFFFFFFL) << have;
      hash = mix(hash, (int) bits);
      bits >>>= 32;
    }
    for (; at < end; at++) {
      bits |= (Memory.getByte(at) & 0xFFL) << have;
      have += 8;
    }
    if (have >= 32) {
      hash = mix(hash, (int) bits);
      bits >>>= 32;
    }
    hash ^= scramble((int) bits) ^ (length + count);
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  private static int mix(int hash, int word) {
    return Integer.rotateLeft(hash ^ scramble(word), 13) * 5 + 0xe6546b64;
  }

  private static int scramble(int word) {
    return Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
  }
}
