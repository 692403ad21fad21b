package dev.baton.operators.json;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Strings;
import dev.baton.operators.internal.Swar;
import dev.baton.operators.io.fields.BadField;

/**
 * Passes over JSON (RFC 8259) in memory, checking its grammar. Nothing goes past a newline, with
 * which the text must end; up to eight bytes behind it may be read. Each method takes the address
 * where something starts and returns the one behind it. Confined to one thread.
 */
final class JsonScanner {
  /** Objects and arrays may be this deep in one another. */
  static final int MOST_DEPTH = 256;

  private static final long QUOTES = Swar.broadcast('"');
  private static final long BACKSLASHES = Swar.broadcast('\\');
  private static final long SPACES = Swar.broadcast(' ');
  private static final long ABOVE_DIGITS = 0x4646464646464646L;
  private static final long ZEROS = Swar.broadcast('0');
  private static final int SHOWN = 40;

  private long base;
  private boolean escaped;

  /** Starts on the text at {@code base}, from which places in errors are counted. */
  void start(long base) {
    this.base = base;
  }

  /** Whether the last {@link #string} has escapes. */
  boolean escaped() {
    return escaped;
  }

  /** Passes blanks, but no line end. */
  static long blanks(long at) {
    while (true) {
      byte b = Memory.getByte(at);
      if (b != ' ' && b != '\t' && b != '\r') {
        return at;
      }
      at++;
    }
  }

  /** Passes the rest of a string, and its closing quote; {@code at} is behind the opening one. */
  long string(long at) {
    escaped = false;
    long from = at;
    while (true) {
      long word = Memory.getLong(at);
      // Any byte below a space, besides what has a meaning.
      long hit =
          Swar.match(word, QUOTES)
              | Swar.match(word, BACKSLASHES)
              | word - SPACES & ~word & Swar.HIGH_BITS;
      if (hit == 0) {
        at += 8;
        continue;
      }
      at += Swar.first(hit);
      byte b = Memory.getByte(at);
      if (b == '"') {
        return at + 1;
      }
      if (b != '\\') {
        throw control(from, at);
      }
      escaped = true;
      at = escape(at);
    }
  }

  private BadField control(long from, long at) {
    int b = Memory.getByte(at);
    return b == '\n'
        ? wrong(from - 1, "the string that starts here is not closed in its line", "")
        : wrong(
            at,
            String.format("a string contains the control character %02x", b),
            "write it as \\u" + String.format("%04x", b));
  }

  /** Passes an escape, or two that are a surrogate pair. */
  private long escape(long at) {
    byte b = Memory.getByte(at + 1);
    switch (b) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return at + 2;
      }
      case 'u' -> {
        int unit = JsonFormat.unit(at + 2);
        if (unit < 0) {
          throw wrong(at, "expected four hexadecimal digits after \\u", "");
        }
        if (!Character.isSurrogate((char) unit)) {
          return at + 6;
        }
        boolean pair =
            Character.isHighSurrogate((char) unit)
                && Memory.getByte(at + 6) == '\\'
                && Memory.getByte(at + 7) == 'u'
                && Character.isLowSurrogate((char) JsonFormat.unit(at + 8));
        if (!pair) {
          throw wrong(
              at,
              "the escape " + Strings.of(at, 6) + " is half of a surrogate pair",
              "write both halves, or the character itself");
        }
        return at + 12;
      }
      default -> throw wrong(at, "unknown escape \\" + show(at + 1, 1), "write \\\\ for \\");
    }
  }

  /**
   * Passes a number. NaN and Infinity are none in JSON, but are passed as well, since widely used
   * writers make them.
   */
  long number(long at) {
    long from = at;
    if (Memory.getByte(at) == '-') {
      at++;
    }
    long whole = at;
    at = digits(at);
    if (at == whole) {
      return word(from, whole);
    }
    if (at - whole > 1 && Memory.getByte(whole) == '0') {
      throw wrong(from, "a number starts with a zero", "");
    }
    if (Memory.getByte(at) == '.') {
      at = moreDigits(from, at + 1);
    }
    if ((Memory.getByte(at) | 0x20) == 'e') {
      at++;
      byte sign = Memory.getByte(at);
      at = moreDigits(from, sign == '-' || sign == '+' ? at + 1 : at);
    }
    return at;
  }

  private long moreDigits(long from, long at) {
    long end = digits(at);
    if (end == at) {
      throw wrong(from, "a number ends without a digit", "");
    }
    return end;
  }

  private long word(long from, long at) {
    for (String word : JsonFormat.NO_NUMBERS) {
      if (is(at, word) && (from == at || word.startsWith("I"))) {
        return at + word.length();
      }
    }
    throw wrong(from, "expected a value but found " + found(from), "");
  }

  /** Passes digits, possibly none. */
  private static long digits(long at) {
    while (true) {
      long word = Memory.getLong(at);
      long others = (word + ABOVE_DIGITS | word - ZEROS) & Swar.HIGH_BITS;
      if (others != 0) {
        return at + Swar.first(others);
      }
      at += 8;
    }
  }

  /** Passes one of the words true, false and null. */
  long literal(long at, String word) {
    if (!is(at, word)) {
      throw wrong(at, "expected a value but found " + found(at), "");
    }
    return at + word.length();
  }

  private static boolean is(long at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Memory.getByte(at + i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Passes from behind a key to its value, over the colon. */
  long colon(long at) {
    at = blanks(at);
    if (Memory.getByte(at) != ':') {
      throw wrong(at, "expected ':' after a key but found " + found(at), "");
    }
    return blanks(at + 1);
  }

  /** Passes the opening quote of a key. */
  long key(long at) {
    if (Memory.getByte(at) != '"') {
      throw wrong(at, "expected a key in quotes but found " + found(at), "");
    }
    return at + 1;
  }

  /**
   * Passes a value of any kind.
   *
   * @param depth how many objects and arrays it is in
   */
  long value(long at, int depth) {
    return switch (Memory.getByte(at)) {
      case '"' -> string(at + 1);
      case '{' -> object(at, depth + 1);
      case '[' -> array(at, depth + 1);
      case 't' -> literal(at, "true");
      case 'f' -> literal(at, "false");
      case 'n' -> literal(at, "null");
      default -> number(at);
    };
  }

  private long object(long at, int depth) {
    checkDepth(at, depth);
    at = blanks(at + 1);
    if (Memory.getByte(at) == '}') {
      return at + 1;
    }
    while (true) {
      at = value(colon(string(key(at))), depth);
      at = blanks(at);
      if (Memory.getByte(at) == '}') {
        return at + 1;
      }
      at = comma(at, '}');
    }
  }

  private long array(long at, int depth) {
    checkDepth(at, depth);
    at = blanks(at + 1);
    if (Memory.getByte(at) == ']') {
      return at + 1;
    }
    while (true) {
      at = blanks(value(at, depth));
      if (Memory.getByte(at) == ']') {
        return at + 1;
      }
      at = comma(at, ']');
    }
  }

  /** Passes a comma and the blanks behind it. */
  long comma(long at, char end) {
    if (Memory.getByte(at) != ',') {
      throw wrong(at, "expected ',' or '" + end + "' but found " + found(at), "");
    }
    return blanks(at + 1);
  }

  /** Fails for an object or array that is too deep in others. */
  void checkDepth(long at, int depth) {
    if (depth > MOST_DEPTH) {
      throw wrong(at, "objects and arrays are more than " + MOST_DEPTH + " deep", "");
    }
  }

  BadField wrong(long at, String rule, String remedy) {
    return BadField.record((int) (at - base), -1, rule, remedy);
  }

  /** What is there instead of what should be, up to the end of the line. */
  static String found(long at) {
    int length = 0;
    while (length < SHOWN && Memory.getByte(at + length) != '\n') {
      length++;
    }
    return length == 0 ? "the end of the line" : "'" + show(at, length) + "'";
  }

  private static String show(long at, int length) {
    return Memory.getByte(at) == '\n' ? "the end of the line" : Strings.of(at, length);
  }
}
