package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;

/** {@code true} and {@code false} from memory, in any case. Up to three bytes may be read past. */
public final class BooleanParser {
  /** Neither. */
  public static final int NONE = -1;

  private static final int TRUE = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
  private static final int FALSE = 'f' | 'a' << 8 | 'l' << 16 | 's' << 24;
  private static final int LOWER = 0x20202020;

  private BooleanParser() {}

  /** 1, 0 or {@link #NONE}. */
  public static int parse(long address, int length) {
    if (length != 4 && length != 5) {
      return NONE;
    }
    int word = Memory.getInt(address) | LOWER;
    if (length == 4) {
      return word == TRUE ? 1 : NONE;
    }
    return word == FALSE && (Memory.getByte(address + 4) | 0x20) == 'e' ? 0 : NONE;
  }

  /** Whether {@link #parse} would read it. */
  public static boolean isBoolean(String text) {
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
  }
}
