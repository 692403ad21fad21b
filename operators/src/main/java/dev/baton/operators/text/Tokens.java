package dev.baton.operators.text;

import dev.baton.engine.batch.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts one text at a time into tokens. Token {@code i} is the UTF-8 bytes {@code starts[i]} to
 * {@code ends[i] - 1} of {@code text}; a single space parts it from the next, so that the n-gram of
 * tokens {@code i} to {@code j} is {@code starts[i]} to {@code ends[j] - 1}. Confined to one
 * thread.
 */
final class Tokens {
  /** For each ASCII byte: what a word holds in its place, 0 where it ends a word. */
  private static final byte[] LOWERED = table(true);

  private static final byte[] AS_IS = table(false);

  byte[] text = new byte[256];
  int[] starts = new int[64];
  int[] ends = new int[64];
  int count;

  private final Matcher matcher;
  private final boolean lowercase;
  private final int minLength;
  private final byte[] table;
  private byte[] copy = new byte[256];
  private int at;

  /**
   * @param pattern matches a token, or its first group does; null for runs of word characters
   * @param minLength code points a token has at least
   */
  Tokens(Pattern pattern, boolean lowercase, int minLength) {
    this.matcher = pattern == null ? null : pattern.matcher("");
    this.lowercase = lowercase;
    this.minLength = minLength;
    this.table = lowercase ? LOWERED : AS_IS;
  }

  /** Cuts the text of {@code length} bytes at {@code address}. */
  void cut(long address, int length) {
    count = 0;
    at = 0;
    if (matcher == null && isAscii(address, length)) {
      cutAscii(address, length);
      return;
    }
    copy = length > copy.length ? new byte[Math.max(length, 2 * copy.length)] : copy;
    Memory.copyToArray(address, copy, 0, length);
    String string = new String(copy, 0, length, StandardCharsets.UTF_8);
    String cased = lowercase ? string.toLowerCase(Locale.ROOT) : string;
    if (matcher == null) {
      cutWords(cased);
    } else {
      cutMatches(cased);
    }
  }

  private static boolean isAscii(long address, int length) {
    long high = 0;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      high |= Memory.getLong(address + i);
    }
    for (; i < length; i++) {
      high |= Memory.getByte(address + i);
    }
    return (high & 0x8080808080808080L) == 0;
  }

  private void cutAscii(long address, int length) {
    // One byte more than the text: the space after the last token.
    reserve(length + 1);
    byte[] target = text;
    int start = 0;
    int end = 0;
    for (int i = 0; i < length; i++) {
      byte letter = table[Memory.getByte(address + i)];
      if (letter != 0) {
        target[end++] = letter;
      } else if (end > start) {
        if (end - start >= minLength) {
          token(start, end);
          target[end++] = ' ';
          start = end;
        } else {
          end = start;
        }
      }
    }
    if (end - start >= minLength) {
      token(start, end);
    }
  }

  private void cutWords(String string) {
    int start = 0;
    int letters = 0;
    for (int i = 0; i < string.length(); ) {
      int letter = string.codePointAt(i);
      i += Character.charCount(letter);
      if (isWord(letter)) {
        put(letter);
        letters++;
      } else {
        start = end(start, letters);
        letters = 0;
      }
    }
    end(start, letters);
  }

  private void cutMatches(String string) {
    matcher.reset(string);
    int group = matcher.groupCount();
    int start = 0;
    while (matcher.find()) {
      int from = matcher.start(group);
      int to = matcher.end(group);
      int letters = 0;
      while (from < to) {
        int letter = string.codePointAt(from);
        from += Character.charCount(letter);
        put(letter);
        letters++;
      }
      start = end(start, letters);
    }
  }

  /** Ends the token that began at {@code start}, or forgets one that is too short. */
  private int end(int start, int letters) {
    if (letters >= minLength) {
      token(start, at);
      put(' ');
    } else {
      at = start;
    }
    return at;
  }

  private void token(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = start;
    ends[count++] = end;
  }

  private void put(int letter) {
    reserve(at + 4);
    if (letter < 0x80) {
      text[at++] = (byte) letter;
    } else if (letter < 0x800) {
      text[at++] = (byte) (0xC0 | letter >> 6);
      text[at++] = (byte) (0x80 | letter & 63);
    } else if (letter < 0x10000) {
      text[at++] = (byte) (0xE0 | letter >> 12);
      text[at++] = (byte) (0x80 | letter >> 6 & 63);
      text[at++] = (byte) (0x80 | letter & 63);
    } else {
      text[at++] = (byte) (0xF0 | letter >> 18);
      text[at++] = (byte) (0x80 | letter >> 12 & 63);
      text[at++] = (byte) (0x80 | letter >> 6 & 63);
      text[at++] = (byte) (0x80 | letter & 63);
    }
  }

  private void reserve(int bytes) {
    if (bytes > text.length) {
      text = Arrays.copyOf(text, Math.max(bytes, 2 * text.length));
    }
  }

  /** Python's {@code \w}: letters, decimal digits, other numbers and the underscore. */
  private static boolean isWord(int letter) {
    return letter == '_'
        || Character.isLetterOrDigit(letter)
        || Character.getType(letter) == Character.LETTER_NUMBER
        || Character.getType(letter) == Character.OTHER_NUMBER;
  }

  private static byte[] table(boolean lowercase) {
    byte[] table = new byte[128];
    for (int letter = 0; letter < 128; letter++) {
      if (isWord(letter)) {
        table[letter] = (byte) (lowercase ? Character.toLowerCase(letter) : letter);
      }
    }
    return table;
  }

  /** Checks the parameters that tokenising operators share. */
  static void check(Pattern pattern, Integer minLength) {
    if (pattern != null && pattern.matcher("").groupCount() > 1) {
      throw new IllegalArgumentException(
          "pattern must have at most one group, which is the token, but was "
              + pattern
              + "; write (?:…) for the others");
    }
    if (minLength != null && minLength < 1) {
      throw new IllegalArgumentException("minLength must be at least 1 but was " + minLength);
    }
  }

  /** The shortest token when the user does not say. */
  static int minLength(Pattern pattern, Integer minLength) {
    return minLength != null ? minLength : pattern == null ? 2 : 1;
  }
}
