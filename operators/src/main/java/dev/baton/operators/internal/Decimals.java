package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import java.nio.charset.StandardCharsets;

/** Writes integers and truth values as text in memory. */
public final class Decimals {
  private static final int TRUE = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
  private static final int FALS = 'f' | 'a' << 8 | 'l' << 16 | 's' << 24;

  private Decimals() {}

  /** Writes up to 20 bytes and returns the address behind them. */
  public static long write(long value, long at) {
    if (value < 0) {
      Memory.putByte(at++, (byte) '-');
    }
    // Negative numbers reach one further, so the digits are taken from those.
    long rest = value < 0 ? value : -value;
    long end = at + digits(rest);
    long to = end;
    do {
      long tenth = rest / 10;
      Memory.putByte(--to, (byte) ('0' + (tenth * 10 - rest)));
      rest = tenth;
    } while (rest != 0);
    return end;
  }

  private static int digits(long negative) {
    int digits = 1;
    for (long bound = -10; digits < 19 && negative <= bound; bound *= 10) {
      digits++;
    }
    return digits;
  }

  /** Writes {@code true} or {@code false} and returns the address behind it. */
  public static long write(boolean value, long at) {
    Memory.putInt(at, value ? TRUE : FALS);
    if (value) {
      return at + 4;
    }
    Memory.putByte(at + 4, (byte) 'e');
    return at + 5;
  }

  /** Writes a text of ASCII characters and returns the address behind it. */
  public static long ascii(String text, long at) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    Memory.copyFromArray(bytes, 0, at, bytes.length);
    return at + bytes.length;
  }
}
