package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;

/** Checks text in memory (Unicode 15, table 3-7: no overlong forms, surrogates or stray bytes). */
public final class Utf8 {
  private Utf8() {}

  /** Whether the bytes from {@code at} to before {@code end} are UTF-8. */
  public static boolean valid(long at, long end) {
    while (at < end) {
      if (end - at >= 8 && (Memory.getLong(at) & Swar.HIGH_BITS) == 0) {
        at += 8;
        continue;
      }
      int b = Memory.getByte(at++) & 0xFF;
      if (b < 0x80) {
        continue;
      }
      int more = b < 0xC2 ? -1 : b < 0xE0 ? 1 : b < 0xF0 ? 2 : b < 0xF5 ? 3 : -1;
      if (more < 0 || end - at < more) {
        return false;
      }
      int second = Memory.getByte(at) & 0xFF;
      int low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
      int high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
      if (second < low || second > high) {
        return false;
      }
      for (int i = 1; i < more; i++) {
        if ((Memory.getByte(at + i) & 0xC0) != 0x80) {
          return false;
        }
      }
      at += more;
    }
    return true;
  }
}
