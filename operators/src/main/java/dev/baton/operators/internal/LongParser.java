package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;

/** Decimal integers from memory. Up to seven bytes past the text may be read. */
public final class LongParser {
  /** Not an integer that fits, or this very value; see {@link #isMinimum}. */
  public static final long NONE = Long.MIN_VALUE;

  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};
  private static final String MINIMUM = "9223372036854775808";

  private LongParser() {}

  /** The integer written by exactly {@code length} bytes: a sign or none, and digits. */
  public static long parse(long address, int length) {
    byte sign = Memory.getByte(address);
    boolean negative = sign == '-';
    if (negative || sign == '+') {
      address++;
      length--;
    }
    if (length < 8) {
      long word = Swar.leading(Memory.getLong(address), Math.max(length, 0));
      if (length <= 0 || !Swar.areDigits(word)) {
        return NONE;
      }
      long value = Swar.digits(word);
      return negative ? -value : value;
    }
    return parseLong(address, length, negative);
  }

  private static long parseLong(long address, int length, boolean negative) {
    while (length > 19 && Memory.getByte(address) == '0') {
      address++;
      length--;
    }
    if (length > 19) {
      return NONE;
    }
    long value = 0;
    int left = length;
    for (; left >= 8; left -= 8, address += 8) {
      long word = Memory.getLong(address);
      if (!Swar.areDigits(word)) {
        return NONE;
      }
      value = value * 100_000_000 + Swar.digits(word);
    }
    long word = Swar.leading(Memory.getLong(address), left);
    if (!Swar.areDigits(word)) {
      return NONE;
    }
    // Nineteen digits are below 2^64: a product that wraps shows as a negative number.
    value = value * POWERS[left] + Swar.digits(word);
    return value < 0 ? NONE : negative ? -value : value;
  }

  /** Whether the text is {@code -9223372036854775808}, perhaps with zeros before its digits. */
  public static boolean isMinimum(String text) {
    if (!text.startsWith("-")) {
      return false;
    }
    int zeros = 1;
    while (zeros < text.length() && text.charAt(zeros) == '0') {
      zeros++;
    }
    return text.startsWith(MINIMUM, zeros) && text.length() == zeros + MINIMUM.length();
  }

  /** {@link #isMinimum(String)} of a text in memory. */
  public static boolean isMinimum(long address, int length) {
    return length > MINIMUM.length() && isMinimum(Strings.of(address, length));
  }
}
