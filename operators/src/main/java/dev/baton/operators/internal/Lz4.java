package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import java.util.Arrays;

/**
 * Packs and unpacks LZ4 blocks, as the LZ4 block format describes them. Nothing is read or written
 * outside what was given, whatever the bytes say.
 *
 * <pre>
 * sequence: token (lengths, 4 bits each) | more literal length | literals | distance (u16) | more match length
 * </pre>
 */
public final class Lz4 {
  /** What {@link #unpack} returns for bytes that are no block, or for one that does not fit. */
  public static final long CORRUPT = -1;

  private static final int LEAST_MATCH = 4;
  private static final int MOST_DISTANCE = 65_535;

  /** The format wants literals at the end of a block, and no match that starts so near to it. */
  private static final int LAST_LITERALS = 5;

  private static final int NO_MATCH_WITHIN = 12;
  private static final int TABLE_BITS = 13;

  private Lz4() {}

  /** The most bytes that {@code length} bytes can become. */
  public static long bound(long length) {
    return length + length / 255 + 16;
  }

  /**
   * Unpacks a block.
   *
   * @param origin where what was unpacked before starts, to which matches may go back; {@code out}
   *     for a block that stands alone
   * @param size the most bytes to make
   * @return how many bytes it has made, or {@link #CORRUPT}
   */
  public static long unpack(long in, long length, long origin, long out, long size) {
    long at = in;
    long end = in + length;
    long to = out;
    long limit = out + size;
    while (at < end) {
      long token = Memory.getByte(at++) & 0xFF;
      long literals = token >>> 4;
      if (literals == 15) {
        int more;
        do {
          if (at == end) {
            return CORRUPT;
          }
          more = Memory.getByte(at++) & 0xFF;
          literals += more;
        } while (more == 255);
      }
      if (literals > end - at || literals > limit - to) {
        return CORRUPT;
      }
      copy(at, to, literals, Math.min(end - at, limit - to));
      at += literals;
      to += literals;
      if (at == end) {
        break;
      }
      if (end - at < 2) {
        return CORRUPT;
      }
      int distance = Memory.getShort(at) & 0xFFFF;
      at += 2;
      long match = (token & 15) + LEAST_MATCH;
      if ((token & 15) == 15) {
        int more;
        do {
          if (at == end) {
            return CORRUPT;
          }
          more = Memory.getByte(at++) & 0xFF;
          match += more;
        } while (more == 255);
      }
      if (distance == 0 || distance > to - origin || match > limit - to) {
        return CORRUPT;
      }
      if (distance >= 8) {
        copyForwards(to - distance, to, match, limit - to);
      } else {
        repeat(to, distance, match);
      }
      to += match;
    }
    return to - out;
  }

  /** Copies what does not overlap; {@code room} bytes may be read and written. */
  private static void copy(long from, long to, long length, long room) {
    if (length > 64) {
      Memory.copy(from, to, length);
    } else {
      copyForwards(from, to, length, room);
    }
  }

  /** Copies words, one after the other, so that a distance of eight or more may overlap. */
  private static void copyForwards(long from, long to, long length, long room) {
    long i = 0;
    long words = Math.min(length, room - 7);
    for (; i < words; i += 8) {
      Memory.putLong(to + i, Memory.getLong(from + i));
    }
    for (; i < length; i++) {
      Memory.putByte(to + i, Memory.getByte(from + i));
    }
  }

  /** Repeats the last bytes before {@code to}: each copy makes more to copy from. */
  private static void repeat(long to, int distance, long match) {
    for (long done = 0; done < match; ) {
      long piece = Math.min(distance + done, match - done);
      Memory.copy(to - distance, to + done, piece);
      done += piece;
    }
  }

  /** A packer, which keeps a table from one block to the next. Confined to one thread. */
  public static final class Packer {
    private final int[] table = new int[1 << TABLE_BITS];

    /**
     * Packs a block that stands alone, in one pass over {@code length} bytes.
     *
     * @param out where there is room for {@link #bound} bytes
     * @return how many bytes it has made
     */
    public int pack(long in, int length, long out) {
      Arrays.fill(table, -1);
      long to = out;
      int literals = 0;
      int misses = 0;
      int last = length - NO_MATCH_WITHIN;
      for (int at = 0; at <= last; ) {
        int word = Memory.getInt(in + at);
        int slot = word * -1640531535 >>> 32 - TABLE_BITS;
        int before = table[slot];
        table[slot] = at;
        if (before < 0 || at - before > MOST_DISTANCE || Memory.getInt(in + before) != word) {
          // The longer nothing is found, the larger the steps.
          at += 1 + (misses++ >>> 6);
          continue;
        }
        misses = 0;
        while (at > literals
            && before > 0
            && Memory.getByte(in + at - 1) == Memory.getByte(in + before - 1)) {
          at--;
          before--;
        }
        int match = LEAST_MATCH + same(in, before, at, length - LAST_LITERALS);
        to = sequence(in + literals, at - literals, at - before, match, to);
        at += match;
        literals = at;
      }
      return (int) (sequence(in + literals, length - literals, 0, 0, to) - out);
    }

    /** How many bytes are the same behind the first four. */
    private static int same(long in, int before, int at, int end) {
      int i = at + LEAST_MATCH;
      int distance = at - before;
      while (i + 8 <= end) {
        long differs = Memory.getLong(in + i) ^ Memory.getLong(in + i - distance);
        if (differs != 0) {
          return i - at - LEAST_MATCH + (Long.numberOfTrailingZeros(differs) >>> 3);
        }
        i += 8;
      }
      while (i < end && Memory.getByte(in + i) == Memory.getByte(in + i - distance)) {
        i++;
      }
      return i - at - LEAST_MATCH;
    }

    /** Writes literals and a match; no match for a distance of 0. */
    private static long sequence(long literals, int count, int distance, int match, long out) {
      int more = distance == 0 ? 0 : match - LEAST_MATCH;
      Memory.putByte(out, (byte) (Math.min(count, 15) << 4 | Math.min(more, 15)));
      long to = length(count, out + 1);
      Memory.copy(literals, to, count);
      to += count;
      if (distance == 0) {
        return to;
      }
      Memory.putShort(to, (short) distance);
      return length(more, to + 2);
    }

    /** What of a length has no room in the token. */
    private static long length(int length, long out) {
      long to = out;
      if (length >= 15) {
        int rest = length - 15;
        for (; rest >= 255; rest -= 255) {
          Memory.putByte(to++, (byte) 255);
        }
        Memory.putByte(to++, (byte) rest);
      }
      return to;
    }
  }
}
