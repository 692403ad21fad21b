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

  /** Bytes as little-endian words, the last one filled up with zeros; reads no byte past them. */
  static long bytes(long address, long length) {
    long state = start(length);
    long at = address;
    long end = address + length;
    for (; end - at >= 8; at += 8) {
      state = next(state, Memory.getLong(at));
    }
    int left = (int) (end - at);
    if (left == 0) {
      return state;
    }
    long word;
    if (length >= 8) {
      word = Memory.getLong(end - 8) >>> (64 - 8 * left);
    } else if (left >= 4) {
      long low = Memory.getInt(at) & 0xFFFF_FFFFL;
      long high = Memory.getInt(end - 4) & 0xFFFF_FFFFL;
      word = low | high << (8 * (left - 4));
    } else {
      int middle = left >>> 1;
      word = Memory.getByte(at) & 0xFFL;
      word |= (Memory.getByte(at + middle) & 0xFFL) << (8 * middle);
      word |= (Memory.getByte(end - 1) & 0xFFL) << (8 * (left - 1));
    }
    return next(state, word);
  }
}
