package dev.baton.operators.text;

import java.text.Normalizer;
import java.util.BitSet;

/** What becomes of accents, as scikit-learn's {@code strip_accents} has it. */
public enum Accents {
  /** They stay. */
  KEEP,
  /**
   * The text is decomposed (NFKD) and combining characters, those of a canonical combining class
   * other than 0, are left out.
   */
  UNICODE,
  /** The text is decomposed (NFKD) and every character outside ASCII is left out. */
  ASCII;

  /** The text without its accents. */
  String strip(String text) {
    if (this == KEEP || Normalizer.isNormalized(text, Normalizer.Form.NFKD) && isAscii(text)) {
      return text;
    }
    String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
    StringBuilder left = new StringBuilder(apart.length());
    apart
        .codePoints()
        .filter(letter -> this == ASCII ? letter < 0x80 : !Combining.MARKS.get(letter))
        .forEach(left::appendCodePoint);
    return left.toString();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(letter -> letter < 0x80);
  }

  /** Characters of a combining class other than 0, which the JDK knows but does not tell. */
  private static final class Combining {
    private static final BitSet MARKS = new BitSet();

    static {
      for (int letter = 0x300; letter <= 0xE0FFF; letter++) {
        if (Character.getType(letter) == Character.NON_SPACING_MARK
            || Character.getType(letter) == Character.COMBINING_SPACING_MARK) {
          MARKS.set(letter, movesPastAnother(Character.toString(letter)));
        }
      }
    }

    /**
     * Normalising sorts neighbours by their class unless it is 0: any class but 240 goes before a
     * mark of class 240, and any but 1 behind one of class 1.
     */
    private static boolean movesPastAnother(String mark) {
      return sorts("\u0345" + mark) || sorts(mark + "\u0334");
    }

    private static boolean sorts(String marks) {
      String sorted = Normalizer.normalize(marks, Normalizer.Form.NFD);
      return sorted.codePointAt(0) != marks.codePointAt(0) && sorted.length() == marks.length();
    }
  }
}
