package dev.baton.operators.expression;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Texts as values: {@code cast('…' as …)}. A text that is not one is an error; spaces around it are
 * not allowed. Integers, dates and plain decimals are read without an object per value.
 */
final class ParseNode extends Node {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  /** Powers of ten that a double holds exactly. */
  private static final double[] POWERS = new double[23];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  private boolean bad;

  ParseNode(Expression source, Kind kind, Node text) {
    super(source, kind, text);
  }

  @Override
  void compute(Block block, long[] active) {
    combineValidity();
    for (int i = 0; i < block.rows; i++) {
      if (!isSet(valid, i)) {
        continue;
      }
      long text = children[0].longs[i];
      int length = children[0].lengths[i];
      bad = false;
      switch (kind) {
        case BOOL -> {
          long bit = 1L << i;
          bits[i >>> 6] = (bits[i >>> 6] & ~bit) | (bool(text, length) ? bit : 0);
        }
        case INT -> longs[i] = integer(text, length);
        case FLOAT -> doubles[i] = number(text, length);
        case DATE -> longs[i] = date(text, length);
        default -> longs[i] = timestamp(text, length);
      }
      if (bad && isSet(active, i)) {
        throw bad(
            block,
            i,
            String.format(
                "cannot read '%s' as %s; turn such texts to null with nullif or guard them with"
                    + " case",
                string(text, length), Types.name(kind.type)));
      }
    }
  }

  private static String string(long text, int length) {
    byte[] bytes = new byte[length];
    Memory.copyToArray(text, bytes, 0, length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private boolean bool(long text, int length) {
    String word = length > 5 ? "" : string(text, length).toLowerCase(Locale.ROOT);
    bad = !word.equals("true") && !word.equals("false");
    return word.equals("true");
  }

  private long integer(long text, int length) {
    int at = isSign(text, length) ? 1 : 0;
    boolean negative = at == 1 && Memory.getByte(text) == '-';
    bad = at == length;
    long value = 0;
    for (; at < length; at++) {
      int digit = Memory.getByte(text + at) - '0';
      long next = 10 * value - digit;
      bad |= digit < 0 || digit > 9 || Math.multiplyHigh(value, 10) != (10 * value) >> 63;
      bad |= next > 0;
      value = next;
    }
    bad |= !negative && value == Long.MIN_VALUE;
    return negative ? value : -value;
  }

  private static boolean isSign(long text, int length) {
    return length > 0 && (Memory.getByte(text) == '-' || Memory.getByte(text) == '+');
  }

  /** Up to 15 digits over an exact power of ten round once, so the quotient is the nearest. */
  private double number(long text, int length) {
    int at = isSign(text, length) ? 1 : 0;
    long digits = 0;
    int seen = 0;
    int point = -1;
    for (; at < length; at++) {
      int c = Memory.getByte(text + at);
      if (c >= '0' && c <= '9') {
        digits = 10 * digits + (c - '0');
        seen++;
      } else if (c == '.' && point < 0) {
        point = seen;
      } else {
        return slowNumber(text, length);
      }
      if (seen > 15) {
        return slowNumber(text, length);
      }
    }
    bad = seen == 0;
    double size = point < 0 ? digits : digits / POWERS[seen - point];
    return length > 0 && Memory.getByte(text) == '-' ? -size : size;
  }

  private double slowNumber(long text, int length) {
    String word = string(text, length);
    if (NUMBER.matcher(word).matches()) {
      return Double.parseDouble(word);
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "infinity", "inf", "+infinity", "+inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        bad = true;
        yield 0;
      }
    };
  }

  /** Exactly {@code 2020-01-31}. */
  private long date(long text, int length) {
    bad = length != 10 || Memory.getByte(text + 4) != '-' || Memory.getByte(text + 7) != '-';
    if (bad) {
      return 0;
    }
    int year = digits(text, 4);
    int month = digits(text + 5, 2);
    int day = digits(text + 8, 2);
    bad |= month < 1 || month > 12 || day < 1 || day > 31;
    long days = bad ? 0 : Days.of(year, month, day);
    bad |= !bad && Days.day(days) != day;
    return days;
  }

  private int digits(long text, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      int digit = Memory.getByte(text + i) - '0';
      bad |= digit < 0 || digit > 9;
      value = 10 * value + digit;
    }
    return value;
  }

  /** A date, or a date and a time with {@code T} or a space between, to the microsecond. */
  private long timestamp(long text, int length) {
    if (length <= 10) {
      return date(text, length) * Days.MICROS;
    }
    try {
      LocalDateTime time = LocalDateTime.parse(string(text, length).replace(' ', 'T'));
      bad = time.get(ChronoField.NANO_OF_SECOND) % 1000 != 0;
      return Days.micros(time);
    } catch (DateTimeException | ArithmeticException e) {
      bad = true;
      return 0;
    }
  }
}
