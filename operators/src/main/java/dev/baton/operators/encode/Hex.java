package dev.baton.operators.encode;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Swar;
import java.util.Arrays;

/** Numbers in hexadecimal digits of either case, two digits at a time. */
final class Hex {
  /** The number in two characters, the first in the lower byte of the index, or -1. */
  private static final short[] PAIRS = new short[1 << 16];

  static {
    Arrays.fill(PAIRS, (short) -1);
    for (int first = 0; first < 128; first++) {
      for (int second = 0; second < 128; second++) {
        int high = Character.digit(first, 16);
        int low = Character.digit(second, 16);
        if (high >= 0 && low >= 0) {
          PAIRS[second << 8 | first] = (short) (high << 4 | low);
        }
      }
    }
  }

  private Hex() {}

  /** The number in eight characters; negative when one of them is no digit. */
  static long eight(long digits) {
    int a = PAIRS[(int) digits & 0xFFFF];
    int b = PAIRS[(int) (digits >>> 16) & 0xFFFF];
    int c = PAIRS[(int) (digits >>> 32) & 0xFFFF];
    int d = PAIRS[(int) (digits >>> 48)];
    long high = (long) a << 8 | b;
    return high << 16 | (long) c << 8 | d;
  }

  /** Whether bytes are 1 to 16 digits. */
  static boolean isNumber(long address, int length) {
    return length >= 1
        && length <= 16
        && eight(first(address, length)) >= 0
        && (length <= 8 || eight(Memory.getLong(address + length - 8)) >= 0);
  }

  /** The number, without a sign, in bytes of which {@link #isNumber} is true. */
  static long number(long address, int length) {
    long first = eight(first(address, length));
    return length <= 8 ? first : first << 32 | eight(Memory.getLong(address + length - 8));
  }

  /** The digits before the last eight, or all when there are no more, with zeros before them. */
  private static long first(long address, int length) {
    int count = length <= 8 ? length : length - 8;
    long word = Swar.word(address, count);
    return count == 8 ? word : Swar.leading(word, count);
  }
}
