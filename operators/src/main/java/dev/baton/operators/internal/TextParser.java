package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.TypeFamily;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Reads text that is wholly a value: no blanks around it, nothing left over. See {@code Cast} for
 * what is accepted.
 */
public final class TextParser {
  private static final double[] TENS = new double[23];

  static {
    for (int i = 0; i < TENS.length; i++) {
      TENS[i] = Double.parseDouble("1e" + i);
    }
  }

  private byte[] text = new byte[64];
  private int at;
  private int end;
  private long whole;
  private double number;

  /**
   * Reads off-heap UTF-8 text as a value of that type.
   *
   * @return whether it is one; then {@link #whole} or {@link #number} has it
   */
  public boolean parse(long address, int length, ArrowType type) {
    if (length > text.length) {
      text = new byte[2 * length];
    }
    Memory.copyToArray(address, text, 0, length);
    at = 0;
    end = length;
    whole = 0;
    number = 0;
    if (TypeFamily.FLOATING.accepts(type)) {
      return number(type.equals(Types.FLOAT32));
    } else if (TypeFamily.INTEGER.accepts(type)) {
      return integer();
    } else if (type.equals(Types.BOOL)) {
      return bool();
    }
    return type.equals(Types.DATE) ? date() && at == end : timestamp();
  }

  /** The integer, 0 or 1 for a boolean, days or microseconds since 1970. */
  public long whole() {
    return whole;
  }

  /** The floating-point number. */
  public double number() {
    return number;
  }

  private boolean integer() {
    boolean negative = sign();
    if (at == end) {
      return false;
    }
    // Negative, as there is one more negative number than there are positive ones.
    long value = 0;
    for (; at < end; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10) {
        return false;
      }
      value = 10 * value - digit;
      if (value > 0) {
        return false;
      }
    }
    whole = negative ? value : -value;
    return negative || value != Long.MIN_VALUE;
  }

  private boolean sign() {
    if (at < end && (text[at] == '-' || text[at] == '+')) {
      return text[at++] == '-';
    }
    return false;
  }

  private boolean bool() {
    if (end == 1 && (text[0] == '0' || text[0] == '1')) {
      whole = text[0] == '1' ? 1 : 0;
      return true;
    }
    whole = is("true") ? 1 : 0;
    return whole == 1 || is("false");
  }

  /** Whether the rest of the text is that lower-case word in any case. */
  private boolean is(String word) {
    if (end - at != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((text[at + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean number(boolean single) {
    boolean negative = sign();
    if (is("nan")) {
      number = Double.NaN;
      return true;
    } else if (is("inf") || is("infinity")) {
      number = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      return true;
    }
    long mantissa = 0;
    int digits = 0;
    int exponent = 0;
    int point = -1;
    for (; at < end; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits++;
        if (mantissa < 100_000_000_000_000_000L) {
          mantissa = 10 * mantissa + digit;
        } else {
          exponent++;
        }
      } else if (text[at] == '.' && point < 0) {
        point = digits;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return false;
    }
    boolean exact = exponent == 0;
    exponent -= point < 0 ? 0 : digits - point;
    if (at < end) {
      if ((text[at++] | 0x20) != 'e') {
        return false;
      }
      boolean down = sign();
      if (at == end) {
        return false;
      }
      int power = 0;
      for (; at < end; at++) {
        int digit = text[at] - '0';
        if (digit < 0 || digit > 9) {
          return false;
        }
        power = Math.min(100_000, 10 * power + digit);
      }
      exponent += down ? -power : power;
    }
    // Clinger: both are exact doubles, so that one operation rounds once.
    if (exact && mantissa <= 1L << 53 && Math.abs(exponent) < TENS.length) {
      double value = exponent < 0 ? mantissa / TENS[-exponent] : mantissa * TENS[exponent];
      number = negative ? -value : value;
      if (!single || (float) value == value) {
        return true;
      }
    }
    String string = new String(text, 0, end, StandardCharsets.US_ASCII);
    number = single ? Float.parseFloat(string) : Double.parseDouble(string);
    return !Double.isInfinite(number);
  }

  private boolean timestamp() {
    if (!date()) {
      return false;
    }
    long micros = whole * 86_400_000_000L;
    if (at < end) {
      if (text[at] != 'T' && text[at] != ' ') {
        return false;
      }
      at++;
      int hour = digits(2);
      int minute = skip(':') ? digits(2) : -1;
      int second = skip(':') ? digits(2) : 0;
      if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
        return false;
      }
      micros += ((hour * 60L + minute) * 60 + second) * 1_000_000;
      if (text(at - 3) == ':' && text(at - 6) == ':' && skip('.')) {
        int places = Math.min(6, end - at);
        int fraction = digits(places);
        if (places == 0 || fraction < 0) {
          return false;
        }
        micros += fraction * (long) TENS[6 - places];
      }
    }
    whole = micros;
    return at == end;
  }

  private byte text(int index) {
    return index < 0 ? 0 : text[index];
  }

  private boolean skip(char c) {
    if (at < end && text[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  /** Exactly that many digits, or -1. */
  private int digits(int count) {
    if (end - at < count) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < count; i++, at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
    }
    return value;
  }

  /** Reads yyyy-MM-dd and no further. */
  private boolean date() {
    int year = digits(4);
    int month = skip('-') ? digits(2) : -1;
    int day = skip('-') ? digits(2) : -1;
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > days(year, month)) {
      return false;
    }
    // Howard Hinnant's days_from_civil.
    int shifted = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(shifted, 400);
    int yearOfEra = shifted - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    whole = era * 146_097L + dayOfEra - 719_468;
    return true;
  }

  private static int days(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }
}
