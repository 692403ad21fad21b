package dev.baton.operators.text;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.Strings;
import dev.baton.operators.internal.Swar;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;

/**
 * Cuts one text at a time into terms: UTF-8 bytes at {@link #address}, of {@link #length}. Words of
 * plain ASCII are found eight bytes at a time and those of most other text by its code points; what
 * needs more of Unicode's rules becomes a string first. Confined to one thread.
 */
final class Terms {
  /** How many terms the last text has. */
  int count;

  /** Each term: where it begins in {@code termText} (upper half) and its length (lower half). */
  private long[] spans = new long[64];

  private final Analyzer analyzer;
  private final Matcher matcher;
  private final KeyTable stopWords;
  private final int shortest;

  /** The text as it is being cut. */
  private final Scratch scratch = new Scratch();

  /** Its tokens with one space behind each, where {@code scratch} has more between them. */
  private final Scratch packed = new Scratch();

  /** Where the terms are: one of these two. */
  private Scratch termText = scratch;

  /** The tokens, as {@code spans}. */
  private long[] tokens = new long[64];

  private int tokenCount;

  /** Where each character begins, and where the last one ends. */
  private int[] letters = new int[64];

  Terms(Analyzer analyzer) {
    this.analyzer = analyzer;
    this.matcher = analyzer.pattern() == null ? null : analyzer.pattern().matcher("");
    this.shortest = analyzer.shortest();
    KeyTable words = new KeyTable();
    analyzer.stopWords().all().forEach(words::add);
    this.stopWords = words.size() == 0 ? null : words;
  }

  /** The address of a term of the last text. */
  long address(int term) {
    return termText.base() + (spans[term] >>> 32);
  }

  /** How many bytes a term of the last text has. */
  int length(int term) {
    return (int) spans[term];
  }

  /** Cuts the text of {@code length} bytes at {@code address}. */
  void cut(long address, int length) {
    clear();
    boolean ascii = matcher == null && Characters.isAscii(address, length);
    switch (analyzer.unit()) {
      case WORD -> {
        if (ascii) {
          asciiWords(address, length);
        } else if (matcher != null) {
          matches(prepared(address, length));
        } else if (analyzer.accents() != Accents.KEEP || !words(address, length)) {
          clear();
          words(prepared(address, length));
        }
        join();
      }
      case CHAR -> {
        int found =
            ascii ? asciiCharacters(address, length) : characters(prepared(address, length));
        for (int size = analyzer.minGram(); size <= Math.min(analyzer.maxGram(), found); size++) {
          runs(size, found);
        }
      }
      default -> parts(prepared(address, length));
    }
  }

  private void clear() {
    scratch.size = 0;
    termText = scratch;
    tokenCount = 0;
    count = 0;
  }

  private String prepared(long address, int length) {
    String text = Strings.of(address, length);
    String cased = analyzer.lowercase() ? text.toLowerCase(Locale.ROOT) : text;
    return analyzer.accents().strip(cased);
  }

  /** Starts on a list of tokens, each of which {@link #token} adds; then {@link #join} ends it. */
  void start() {
    clear();
  }

  /** Adds a token of a list. */
  void token(long address, int length) {
    int start = scratch.size;
    scratch.put(address, length);
    end(start);
  }

  private void asciiWords(long address, int length) {
    scratch.room(length + 8L);
    long base = scratch.base();
    boolean lowercase = analyzer.lowercase();
    int start = 0;
    int inside = 0;
    for (int i = 0; i < length; i += 8) {
      // Zeros behind the text end its last word.
      long text = Swar.word(address + i, length - i);
      Memory.putLong(base + i, lowercase ? Characters.lowerCase(text) : text);
      int word = Characters.wordBits(text);
      int changes = (word ^ (word << 1 | inside)) & 0xFF;
      for (; changes != 0; changes &= changes - 1) {
        int at = i + Integer.numberOfTrailingZeros(changes);
        if (inside != 0) {
          addIfWanted(start, at - start);
        }
        start = at;
        inside ^= 1;
      }
    }
    if (inside != 0) {
      addIfWanted(start, length - start);
    }
    if (analyzer.maxGram() > 1) {
      pack();
    }
  }

  private void addIfWanted(int start, int length) {
    if (length >= shortest && !isStopWord(start, length)) {
      add(start, length);
    }
  }

  /** Moves the tokens together, so that those in a row make a term with spaces between them. */
  private void pack() {
    packed.size = 0;
    for (int i = 0; i < tokenCount; i++) {
      int start = packed.size;
      int length = (int) tokens[i];
      packed.put(scratch.base() + (tokens[i] >>> 32), length);
      Memory.putByte(packed.base() + packed.size++, (byte) ' ');
      tokens[i] = (long) start << 32 | length;
    }
    termText = packed;
  }

  /** Cuts text that is not all ASCII; false when it takes a string to know its lower case. */
  private boolean words(long address, int length) {
    // No character's lower case is twice as long, so nothing moves.
    scratch.room(2L * length + 8);
    long base = scratch.base();
    byte[] table = Characters.wordTable(analyzer.lowercase());
    int start = 0;
    int letters = 0;
    for (int i = 0; i < length; ) {
      int letter = Memory.getByte(address + i);
      boolean word;
      if (letter >= 0) {
        i++;
        byte kept = table[letter];
        word = kept != 0;
        Memory.putByte(base + scratch.size, kept);
        scratch.size += word ? 1 : 0;
      } else {
        letter = Characters.letter(address + i, length - i);
        if (letter < 0 || analyzer.lowercase() && Characters.dependsOnOthers(letter)) {
          return false;
        }
        i += letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
        word = Characters.isWord(letter);
        if (word) {
          scratch.put(analyzer.lowercase() ? Character.toLowerCase(letter) : letter);
        }
      }
      if (word) {
        letters++;
      } else {
        start = letters == 0 ? start : end(start, letters);
        letters = 0;
      }
    }
    end(start, letters);
    return true;
  }

  private void words(String text) {
    int start = 0;
    int length = 0;
    for (int i = 0; i < text.length(); ) {
      int letter = text.codePointAt(i);
      i += Character.charCount(letter);
      if (Characters.isWord(letter)) {
        scratch.put(letter);
        length++;
      } else {
        start = end(start, length);
        length = 0;
      }
    }
    end(start, length);
  }

  private void matches(String text) {
    matcher.reset(text);
    int group = matcher.groupCount();
    int start = 0;
    while (matcher.find()) {
      // A group that took no part in the match is an empty token, as in Python.
      int from = Math.max(0, matcher.start(group));
      int to = Math.max(0, matcher.end(group));
      put(text, from, to);
      start = end(start, text.codePointCount(from, to));
    }
  }

  private void put(String text, int from, int to) {
    for (int i = from; i < to; ) {
      int letter = text.codePointAt(i);
      i += Character.charCount(letter);
      scratch.put(letter);
    }
  }

  /** Ends the token that began at {@code start}, or forgets one that is too short. */
  private int end(int start, int length) {
    if (length >= shortest) {
      return end(start);
    }
    scratch.size = start;
    return start;
  }

  /** Ends the token that began at {@code start}; returns where the next one begins. */
  private int end(int start) {
    int length = scratch.size - start;
    if (isStopWord(start, length)) {
      scratch.size = start;
      return start;
    }
    add(start, length);
    scratch.room(1);
    Memory.putByte(scratch.base() + scratch.size, (byte) ' ');
    return ++scratch.size;
  }

  private boolean isStopWord(int start, int length) {
    return stopWords != null && stopWords.find(scratch.base() + start, length) >= 0;
  }

  private void add(int start, int length) {
    if (tokenCount == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * tokenCount);
    }
    tokens[tokenCount++] = (long) start << 32 | length;
  }

  /** Makes terms of the tokens: all of the least size first. */
  void join() {
    for (int size = analyzer.minGram(); size <= analyzer.maxGram(); size++) {
      reserve(tokenCount);
      if (size == 1) {
        System.arraycopy(tokens, 0, spans, count, tokenCount);
        count += tokenCount;
        continue;
      }
      for (int first = 0; first + size <= tokenCount; first++) {
        long last = tokens[first + size - 1];
        long start = tokens[first] >>> 32;
        spans[count++] = start << 32 | (last >>> 32) + (int) last - start;
      }
    }
  }

  private int asciiCharacters(long address, int length) {
    scratch.room(length);
    lettersFor(length);
    byte[] lower = Characters.lowerCase();
    boolean lowercase = analyzer.lowercase();
    long base = scratch.base();
    int size = 0;
    for (int i = 0; i < length; i++) {
      byte letter = Memory.getByte(address + i);
      if (Characters.isBlank(letter)) {
        int end = i + 1;
        while (end < length && Characters.isBlank(Memory.getByte(address + end))) {
          end++;
        }
        letter = end > i + 1 ? (byte) ' ' : letter;
        i = end - 1;
      }
      letters[size] = size;
      Memory.putByte(base + size++, lowercase ? lower[letter] : letter);
    }
    letters[size] = size;
    scratch.size = size;
    return size;
  }

  private int characters(String text) {
    lettersFor(text.length());
    int found = 0;
    for (int i = 0; i < text.length(); ) {
      int letter = text.codePointAt(i);
      i += Character.charCount(letter);
      if (Characters.isBlank(letter)) {
        int end = i;
        while (end < text.length() && Characters.isBlank(text.charAt(end))) {
          end++;
        }
        letter = end > i ? ' ' : letter;
        i = end;
      }
      letters[found++] = scratch.size;
      scratch.put(letter);
    }
    letters[found] = scratch.size;
    return found;
  }

  /** Terms within each run of anything but blanks. */
  private void parts(String text) {
    lettersFor(text.length() + 2);
    for (int i = 0; i < text.length(); ) {
      if (Characters.isBlank(text.charAt(i))) {
        i++;
        continue;
      }
      int found = 0;
      letters[found++] = scratch.size;
      scratch.put(' ');
      while (i < text.length() && !Characters.isBlank(text.charAt(i))) {
        int letter = text.codePointAt(i);
        i += Character.charCount(letter);
        letters[found++] = scratch.size;
        scratch.put(letter);
      }
      letters[found++] = scratch.size;
      scratch.put(' ');
      letters[found] = scratch.size;
      int size = analyzer.minGram();
      for (; size <= analyzer.maxGram() && size < found; size++) {
        runs(size, found);
      }
      if (size <= analyzer.maxGram()) {
        runs(found, found);
      }
    }
  }

  /** All runs of {@code size} of the first {@code found} characters. */
  private void runs(int size, int found) {
    reserve(found);
    for (int first = 0; first + size <= found; first++) {
      int start = letters[first];
      spans[count++] = (long) start << 32 | letters[first + size] - start;
    }
  }

  private void lettersFor(int most) {
    if (most + 2 > letters.length) {
      letters = new int[Math.max(most + 2, 2 * letters.length)];
    }
  }

  private void reserve(int more) {
    if (count + more > spans.length) {
      spans = Arrays.copyOf(spans, Math.max(count + more, 2 * spans.length));
    }
  }
}
