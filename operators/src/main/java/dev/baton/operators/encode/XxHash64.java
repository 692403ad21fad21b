package dev.baton.operators.encode;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Vectors;
import org.apache.arrow.vector.FieldVector;

/**
 * The 64-bit xxHash of Yann Collet (XXH64), as specified in {@code doc/xxhash_spec.md} of his
 * repository.
 */
final class XxHash64 {
  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  private XxHash64() {}

  /** The hash of {@code length} bytes of memory. */
  static long hash(long address, int length, long seed) {
    long at = address;
    long end = address + length;
    long hash = seed + P5;
    if (length >= 32) {
      long a = seed + P1 + P2;
      long b = seed + P2;
      long c = seed;
      long d = seed - P1;
      for (; at + 32 <= end; at += 32) {
        a = round(a, Memory.getLong(at));
        b = round(b, Memory.getLong(at + 8));
        c = round(c, Memory.getLong(at + 16));
        d = round(d, Memory.getLong(at + 24));
      }
      hash =
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      hash = join(join(join(join(hash, a), b), c), d);
    }
    hash += length;
    for (; at + 8 <= end; at += 8) {
      hash = eight(hash, Memory.getLong(at));
    }
    if (at + 4 <= end) {
      long four = Memory.getInt(at) & 0xFFFFFFFFL;
      hash = Long.rotateLeft(hash ^ four * P1, 23) * P2 + P3;
      at += 4;
    }
    for (; at < end; at++) {
      hash = Long.rotateLeft(hash ^ (Memory.getByte(at) & 0xFFL) * P5, 11) * P1;
    }
    return scatter(hash);
  }

  /** The hash of the bytes of a text that is not null, with seed 0. */
  static long text(FieldVector texts, int row) {
    long offset = Vectors.offsets(texts) + 4L * row;
    int start = Memory.getInt(offset);
    return hash(Vectors.data(texts) + start, Memory.getInt(offset + 4) - start, 0);
  }

  /** The hash of the eight little-endian bytes of an integer. */
  static long hash(long value, long seed) {
    return scatter(eight(seed + P5 + 8, value));
  }

  /** The bucket, from 0 to {@code buckets - 1}, that the upper half of a hash picks. */
  static int bucket(long hash, int buckets) {
    return (int) ((hash >>> 32) * buckets >>> 32);
  }

  private static long eight(long hash, long word) {
    return Long.rotateLeft(hash ^ round(0, word), 27) * P1 + P4;
  }

  private static long round(long lane, long word) {
    return Long.rotateLeft(lane + word * P2, 31) * P1;
  }

  private static long join(long hash, long lane) {
    return (hash ^ round(0, lane)) * P1 + P4;
  }

  private static long scatter(long hash) {
    long mixed = (hash ^ hash >>> 33) * P2;
    mixed = (mixed ^ mixed >>> 29) * P3;
    return mixed ^ mixed >>> 32;
  }
}
