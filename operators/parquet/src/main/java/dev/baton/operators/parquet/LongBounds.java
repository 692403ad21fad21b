package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;

/**
 * Least and greatest values that are too long for a footer, cut off so that they are bounds still:
 * no value is less than a beginning of the least, nor greater than one of the greatest whose last
 * character, or byte, is the next one.
 */
final class LongBounds {
  /** Longer ones are cut. */
  private static final int MOST = 128;

  private static final int LONGEST_CHARACTER = 4;
  private static final int LAST_CHARACTER = 0x10FFFF;
  private static final int BEFORE_SURROGATES = 0xD7FF;
  private static final int AFTER_SURROGATES = 0xE000;

  private LongBounds() {}

  /** Whether a bound of so many bytes was not cut; of a few that were not it says no, too. */
  static boolean isExact(int bytes) {
    return bytes <= MOST - LONGEST_CHARACTER;
  }

  /** Appends a bound from below; returns its bytes. */
  static int least(long value, int bytes, boolean text, GrowingBuffer out) throws CorruptException {
    int kept = kept(value, bytes, text);
    out.append(value, kept);
    return kept;
  }

  /**
   * Appends a bound from above; returns its bytes, or -1 and appends nothing when there is none.
   */
  static int greatest(long value, int bytes, boolean text, GrowingBuffer out)
      throws CorruptException {
    int kept = kept(value, bytes, text);
    if (kept == bytes) {
      out.append(value, kept);
      return kept;
    }
    long at = out.room(kept + LONGEST_CHARACTER);
    Memory.copy(value, at, kept);
    int raised = text ? raisedText(at, kept) : raisedBytes(at, kept);
    if (raised > 0) {
      out.advance(raised);
    }
    return raised;
  }

  /** Whole characters of a text. */
  private static int kept(long value, int bytes, boolean text) {
    if (bytes <= MOST) {
      return bytes;
    }
    int end = MOST;
    while (text && end > 0 && isWithinCharacter(value + end)) {
      end--;
    }
    return end;
  }

  private static boolean isWithinCharacter(long at) {
    return (Memory.getByte(at) & 0xC0) == 0x80;
  }

  private static int raisedBytes(long at, int bytes) {
    for (int last = bytes - 1; last >= 0; last--) {
      int value = Byte.toUnsignedInt(Memory.getByte(at + last));
      if (value < 0xFF) {
        Memory.putByte(at + last, (byte) (value + 1));
        return last + 1;
      }
    }
    return -1;
  }

  private static int raisedText(long at, int bytes) {
    int end = bytes;
    while (end > 0) {
      int start = end - 1;
      while (start > 0 && isWithinCharacter(at + start)) {
        start--;
      }
      int character = character(at + start, end - start);
      if (character != LAST_CHARACTER) {
        int next = character == BEFORE_SURROGATES ? AFTER_SURROGATES : character + 1;
        return start + put(at + start, next);
      }
      end = start;
    }
    return -1;
  }

  private static int character(long at, int bytes) {
    int first = Byte.toUnsignedInt(Memory.getByte(at));
    int character = bytes == 1 ? first : first & (0xFF >>> (bytes + 1));
    for (int i = 1; i < bytes; i++) {
      character = character << 6 | Memory.getByte(at + i) & 0x3F;
    }
    return character;
  }

  private static int put(long at, int character) {
    if (character < 0x80) {
      Memory.putByte(at, (byte) character);
      return 1;
    }
    int bytes = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    int rest = character;
    for (int i = bytes - 1; i > 0; i--) {
      Memory.putByte(at + i, (byte) (0x80 | rest & 0x3F));
      rest >>>= 6;
    }
    Memory.putByte(at, (byte) (0xF00 >>> bytes | rest));
    return bytes;
  }
}
