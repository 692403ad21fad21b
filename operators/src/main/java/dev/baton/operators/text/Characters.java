package dev.baton.operators.text;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Swar;

/** What kinds of characters there are, as Python has them. */
final class Characters {
  /** For each ASCII byte its lower case. */
  private static final byte[] LOWER = lower();

  /** What a word holds in the place of each ASCII byte, 0 where it ends. */
  private static final byte[] WORD = words(false);

  private static final byte[] LOWER_WORD = words(true);

  private static final long CASE = Swar.broadcast(0x20);
  private static final long UNDERSCORES = Swar.broadcast('_');

  private Characters() {}

  /** Python's {@code \w}: letters, numbers and the underscore. */
  static boolean isWord(int letter) {
    return letter == '_'
        || Character.isLetterOrDigit(letter)
        || Character.getType(letter) == Character.LETTER_NUMBER
        || Character.getType(letter) == Character.OTHER_NUMBER;
  }

  /** Python's {@code \s}. */
  static boolean isBlank(int letter) {
    return Character.isWhitespace(letter) || Character.isSpaceChar(letter) || letter == 0x85;
  }

  /** Whether the lower case depends on the letters around it, or is more than one. */
  static boolean dependsOnOthers(int letter) {
    return letter == 0x3A3 || letter == 0x130;
  }

  /** What a word holds in the place of each ASCII byte, 0 where it ends. */
  static byte[] wordTable(boolean lowercase) {
    return lowercase ? LOWER_WORD : WORD;
  }

  /** The lower case of each ASCII byte. */
  static byte[] lowerCase() {
    return LOWER;
  }

  /** Which of eight ASCII bytes are part of a word: bit 0 for the lowest byte. */
  static int wordBits(long text) {
    long found =
        within(text | CASE, 'a', 'z') | within(text, '0', '9') | Swar.matches(text, UNDERSCORES);
    // Gathers the high bits of the bytes in the topmost byte.
    return (int) ((found >>> 7) * 0x0102040810204080L >>> 56);
  }

  /** Eight ASCII bytes in lower case. */
  static long lowerCase(long text) {
    return text | within(text, 'A', 'Z') >>> 2;
  }

  /** The high bit of each ASCII byte from {@code least} to {@code most}. */
  private static long within(long text, int least, int most) {
    long notLess = text + Swar.broadcast(0x80 - least);
    long more = text + Swar.broadcast(0x7F - most);
    return notLess & ~more & Swar.HIGH_BITS;
  }

  /** The character outside ASCII that starts there, or -1 when those are no bytes of one. */
  static int letter(long at, int left) {
    int first = Memory.getByte(at) & 0xFF;
    int size = first < 0xC2 ? 5 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 5;
    if (size > left) {
      return -1;
    }
    int letter = first & 0x7F >> size;
    for (int i = 1; i < size; i++) {
      int next = Memory.getByte(at + i);
      if ((next & 0xC0) != 0x80) {
        return -1;
      }
      letter = letter << 6 | next & 63;
    }
    return letter;
  }

  /** Whether all bytes are ASCII. */
  static boolean isAscii(long address, int length) {
    long high = 0;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      high |= Memory.getLong(address + i);
    }
    return ((high | Swar.word(address + i, length - i)) & Swar.HIGH_BITS) == 0;
  }

  private static byte[] words(boolean lowercase) {
    byte[] table = new byte[128];
    for (int letter = 0; letter < 128; letter++) {
      if (isWord(letter)) {
        table[letter] = (byte) (lowercase ? Character.toLowerCase(letter) : letter);
      }
    }
    return table;
  }

  private static byte[] lower() {
    byte[] table = new byte[128];
    for (int letter = 0; letter < 128; letter++) {
      table[letter] = (byte) Character.toLowerCase(letter);
    }
    return table;
  }
}
