package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Decimal floating-point numbers from memory, rounded exactly as {@link Double#parseDouble} does.
 *
 * <p>A short decimal is a quotient or product of two numbers a double holds exactly, so that one
 * correctly rounded operation gives the answer (Clinger 1990). Others go through {@link
 * EiselLemire} and the few it cannot decide through the JDK. Up to seven bytes past the text may be
 * read.
 */
public final class DoubleParser {
  /** The bits of a NaN no operation makes: the text is not a number. */
  public static final long NONE = 0x7FF8_0000_DEAD_BEEFL;

  private static final long DOTS = Swar.broadcast('.');
  private static final int LONGEST_SPECIAL = "-infinity".length();
  private static final long LARGEST_EXACT = 1L << 53;
  private static final double[] EXACT_POWERS = new double[23];
  private static final long[] POWERS = new long[9];

  static {
    EXACT_POWERS[0] = 1;
    for (int i = 1; i < EXACT_POWERS.length; i++) {
      EXACT_POWERS[i] = EXACT_POWERS[i - 1] * 10;
    }
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private DoubleParser() {}

  /**
   * The bits of the number written by exactly {@code length} bytes: a sign or none, digits with a
   * dot or none, an exponent or none. Not NaN nor infinity, no spaces.
   */
  public static long parse(long address, int length) {
    if (length <= 0) {
      return NONE;
    }
    // Without a branch, as signs of data are hard to predict.
    int negative = Memory.getByte(address) == '-' ? 1 : 0;
    long start = address + negative;
    int left = length - negative;
    int whole = Swar.first(Swar.match(Memory.getLong(start), DOTS));
    int fraction = left - whole - 1;
    if (whole == 8 || fraction <= 0 || left > 20) {
      return withoutFraction(address, length, start, left);
    }
    long word = Swar.leading(Memory.getLong(start), whole);
    boolean digits = Swar.areDigits(word);
    long mantissa = Swar.digits(word);
    long at = start + whole + 1;
    int rest = fraction;
    while (rest >= 8) {
      word = Memory.getLong(at);
      digits &= Swar.areDigits(word);
      mantissa = mantissa * 100_000_000 + Swar.digits(word);
      at += 8;
      rest -= 8;
    }
    word = Swar.leading(Memory.getLong(at), rest);
    mantissa = mantissa * POWERS[rest] + Swar.digits(word);
    if (!(digits & Swar.areDigits(word))) {
      return general(address, length);
    }
    return round(mantissa, -fraction, (long) negative << 63, address, length);
  }

  private static long withoutFraction(long address, int length, long start, int left) {
    if (left > 0 && left < 8) {
      long word = Swar.leading(Memory.getLong(start), left);
      if (Swar.areDigits(word)) {
        long sign = start == address ? 0 : Long.MIN_VALUE;
        return Double.doubleToRawLongBits(Swar.digits(word)) | sign;
      }
    }
    return general(address, length);
  }

  private static long round(long mantissa, int exponent, long sign, long address, int length) {
    if (mantissa >= 0 && mantissa <= LARGEST_EXACT && exponent >= -22 && exponent <= 22) {
      double value =
          exponent < 0 ? mantissa / EXACT_POWERS[-exponent] : mantissa * EXACT_POWERS[exponent];
      return Double.doubleToRawLongBits(value) | sign;
    }
    long bits = EiselLemire.round(mantissa, exponent);
    return bits == EiselLemire.UNDECIDED ? exact(address, length) : bits | sign;
  }

  /** Any decimal, a byte at a time. */
  private static long general(long address, int length) {
    long end = address + length;
    long at = address;
    byte b = Memory.getByte(at);
    long sign = b == '-' ? Long.MIN_VALUE : 0;
    if (b == '-' || b == '+') {
      at++;
    }
    long mantissa = 0;
    int significant = 0;
    int digits = 0;
    int dropped = 0;
    int scale = 0;
    boolean dot = false;
    boolean inexact = false;
    for (; at < end; at++) {
      b = Memory.getByte(at);
      if (b >= '0' && b <= '9') {
        digits++;
        if (significant < 19) {
          mantissa = mantissa * 10 + (b - '0');
          significant += mantissa != 0 ? 1 : 0;
          scale -= dot ? 1 : 0;
        } else {
          inexact |= b != '0';
          dropped += dot ? 0 : 1;
        }
      } else if (b == '.' && !dot) {
        dot = true;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return NONE;
    }
    int exponent = 0;
    if (at < end) {
      if ((b | 0x20) != 'e' || ++at == end) {
        return NONE;
      }
      b = Memory.getByte(at);
      boolean down = b == '-';
      if ((down || b == '+') && ++at == end) {
        return NONE;
      }
      for (; at < end; at++) {
        b = Memory.getByte(at);
        if (b < '0' || b > '9') {
          return NONE;
        }
        exponent = Math.min(exponent * 10 + (b - '0'), 100_000_000);
      }
      exponent = down ? -exponent : exponent;
    }
    if (mantissa == 0) {
      return sign;
    }
    return inexact
        ? exact(address, length)
        : round(mantissa, exponent + scale + dropped, sign, address, length);
  }

  private static long exact(long address, int length) {
    return Double.doubleToRawLongBits(Double.parseDouble(text(address, length)));
  }

  private static String text(long address, int length) {
    byte[] bytes = new byte[length];
    Memory.copyToArray(address, bytes, 0, length);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The bits of {@code nan}, {@code inf} or {@code infinity} in any case, or {@link #NONE}. */
  public static long special(String text) {
    boolean negative = text.startsWith("-");
    String word = negative || text.startsWith("+") ? text.substring(1) : text;
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.doubleToRawLongBits(Double.NaN);
      case "inf", "infinity" ->
          Double.doubleToRawLongBits(
              negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
      default -> NONE;
    };
  }

  /** {@link #special(String)} of a text in memory. */
  public static long special(long address, int length) {
    return length > LONGEST_SPECIAL ? NONE : special(text(address, length));
  }

  /**
   * The float nearest to the text whose nearest double has those bits. Rounding twice is rounding
   * once, except where the double lies halfway between two floats, which needs the text again,
   * around which there may be blanks.
   */
  public static float narrow(long bits, long address, int length) {
    double value = Double.longBitsToDouble(bits);
    boolean halfway = (bits & 0x1FFF_FFFFL) == 0x1000_0000L;
    boolean subnormal = Math.abs(value) < Float.MIN_NORMAL && value != 0;
    return halfway || subnormal ? Float.parseFloat(text(address, length).strip()) : (float) value;
  }
}
