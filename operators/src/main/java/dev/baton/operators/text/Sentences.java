package dev.baton.operators.text;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.KeyTable;
import java.util.List;

/** Finds the sentences of one UTF-8 text at a time. Confined to one thread. */
final class Sentences {
  private final KeyTable abbreviations = new KeyTable();
  private long base;
  private int length;

  /** Where the sentence found last starts and ends. */
  int start;

  int end;

  Sentences(List<String> abbreviations) {
    abbreviations.forEach(this.abbreviations::add);
  }

  /** Starts on the text of {@code length} bytes at {@code address}. */
  void start(long address, int length) {
    this.base = address;
    this.length = length;
    this.end = 0;
  }

  /** Goes on to the next sentence; false when there is none. */
  boolean next() {
    start = skipBlanks(end);
    if (start == length) {
      return false;
    }
    int at = start;
    while (at < length) {
      int stop = terminator(at);
      if (stop == 0) {
        at++;
        continue;
      }
      boolean wide = stop == 3 && Memory.getByte(base + at) != (byte) 0xE2;
      boolean dot = Memory.getByte(base + at) == '.' && terminator(at + 1) == 0;
      int dotAt = at;
      while ((stop = terminator(at)) > 0) {
        at += stop;
      }
      at = skipClosers(at);
      int next = skipBlanks(at);
      if ((next > at || wide)
          && next < length
          && startsSentence(next)
          && !(dot && isShort(dotAt))) {
        break;
      }
    }
    end = at;
    // Blanks at the very end of the text belong to no sentence.
    while (end > start && isBlank(Memory.getByte(base + end - 1))) {
      end--;
    }
    return true;
  }

  /** Bytes of the mark that ends a sentence there, or 0: {@code . ! ? … 。 ！ ？}. */
  private int terminator(int at) {
    if (at >= length) {
      return 0;
    }
    byte letter = Memory.getByte(base + at);
    if (letter == '.' || letter == '!' || letter == '?') {
      return 1;
    }
    if (letter >= 0 || at + 3 > length) {
      return 0;
    }
    int three = three(at);
    return three == 0xE280A6 || three == 0xE38082 || three == 0xEFBC81 || three == 0xEFBC9F ? 3 : 0;
  }

  private int three(int at) {
    return (Memory.getByte(base + at) & 0xFF) << 16
        | (Memory.getByte(base + at + 1) & 0xFF) << 8
        | Memory.getByte(base + at + 2) & 0xFF;
  }

  /** Past quotes and brackets that close: {@code " ' ) ] } _ ” ’ » 」}. */
  private int skipClosers(int at) {
    while (at < length) {
      byte letter = Memory.getByte(base + at);
      if (letter == '"'
          || letter == '\''
          || letter == ')'
          || letter == ']'
          || letter == '}'
          || letter == '_') {
        at++;
      } else if (letter == (byte) 0xC2
          && at + 1 < length
          && Memory.getByte(base + at + 1) == (byte) 0xBB) {
        at += 2;
      } else if (letter < 0 && at + 3 <= length && isWideCloser(three(at))) {
        at += 3;
      } else {
        break;
      }
    }
    return at;
  }

  private static boolean isWideCloser(int three) {
    return three == 0xE2809D || three == 0xE28099 || three == 0xE3808D;
  }

  /** Whether what starts there, behind quotes and brackets, is anything but a small letter. */
  private boolean startsSentence(int at) {
    for (int i = at; i < length; ) {
      int letter = Memory.getByte(base + i);
      letter = letter < 0 ? Characters.letter(base + i, length - i) : letter;
      if (letter < 0 || Character.isLetterOrDigit(letter)) {
        return !Character.isLowerCase(letter);
      }
      i += letter < 0x80 ? 1 : letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
    }
    return true;
  }

  /** Whether the dot there ends an abbreviation or an initial. */
  private boolean isShort(int dot) {
    int from = dot;
    while (from > start && isLetter(Memory.getByte(base + from - 1))) {
      from--;
    }
    int letters = dot - from;
    return letters == 1 && Character.isUpperCase(Memory.getByte(base + from))
        || letters > 0 && abbreviations.find(base + from, letters) >= 0;
  }

  private static boolean isLetter(byte letter) {
    return letter < 0 || Character.isLetter(letter) || letter == '.';
  }

  private int skipBlanks(int at) {
    while (at < length && isBlank(Memory.getByte(base + at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte letter) {
    return letter >= 0 && letter <= ' ';
  }
}
