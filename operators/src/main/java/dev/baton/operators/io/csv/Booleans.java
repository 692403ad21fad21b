package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Memory;

/** {@code true} and {@code false} from memory, in any case. Up to three bytes may be read past. */
final class Booleans {
  static final int NONE = -1;

  private static final int TRUE = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
  private static final int FALSE = 'f' | 'a' << 8 | 'l' << 16 | 's' << 24;
  private static final int LOWER = 0x20202020;

  private Booleans() {}

  /** 1, 0 or {@link #NONE}. */
  static int parse(long address, int length) {
    if (length != 4 && length != 5) {
      return NONE;
    }
    int word = Memory.getInt(address) | LOWER;
    if (length == 4) {
      return word == TRUE ? 1 : NONE;
    }
    return word == FALSE && (Memory.getByte(address + 4) | 0x20) == 'e' ? 0 : NONE;
  }

  static boolean isBoolean(String text) {
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
  }
}
