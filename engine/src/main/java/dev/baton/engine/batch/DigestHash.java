package dev.baton.engine.batch;

/** The 64-bit hashes a {@link Digest} is made of; {@code docs/digest.md} defines them. */
final class DigestHash {
  /** What a null adds to its row's hash, mixed with the column's seed. */
  static final long NULL = 0x6E756C6C9D2C5681L;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long WORD = 0xA0761D6478BD642FL;

  private DigestHash() {}

  /** MurmurHash3's 64-bit finaliser: every bit of the result depends on every bit of {@code x}. */
  static long mix(long x) {
    x ^= x >>> 33;
    x *= 0xFF51AFD7ED558CCDL;
    x ^= x >>> 33;
    x *= 0xC4CEB9FE1A85EC53L;
    return x ^ x >>> 33;
  }

  /** The seed of the {@code index}-th column, or of the {@code index}-th child of a column. */
  static long seed(long parent, int index) {
    return mix(parent + GOLDEN * (index + 1L));
  }

  /** The state of a hash over a sequence of that many bytes or elements. */
  static long start(long length) {
    return GOLDEN * (length + 1);
  }

  /** Takes one more 64-bit word into the state: both halves of a 128-bit product. */
  static long next(long state, long word) {
    long x = state ^ word;
    return Math.multiplyHigh(x, WORD) ^ x * WORD;
  }

  /**
   * Bytes as little-endian words, the last one filled up with zeros.
   *
   * @param limit the end of the memory that may be read
   */
  static long bytes(long address, long length, long limit) {
    long state = start(length);
    long at = address;
    long end = address + length;
    for (; end - at >= 8; at += 8) {
      state = next(state, Memory.getLong(at));
    }
    int left = (int) (end - at);
    return left == 0 ? state : next(state, last(at, left, limit));
  }

  /** One to seven bytes; by one load and a mask wherever the buffer goes on far enough. */
  private static long last(long at, int count, long limit) {
    if (limit - at >= 8) {
      return Memory.getLong(at) & Validity.tail(8 * count);
    }
    long word = 0;
    for (int i = 0; i < count; i++) {
      word |= (Memory.getByte(at + i) & 0xFFL) << (8 * i);
    }
    return word;
  }
}
