package dev.baton.operators.text;

import java.util.Locale;

/**
 * Unicode's full case folding, which the JDK has not: what makes texts equal that differ only in
 * case. Each character goes to upper case, so that {@code ß} becomes {@code SS}, and each of those
 * to its lower case; the few characters that fold otherwise are named.
 */
final class CaseFold {
  private CaseFold() {}

  static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    text.codePoints().forEach(letter -> fold(letter, folded));
    return folded.toString();
  }

  private static void fold(int letter, StringBuilder to) {
    if (letter < 0x80) {
      to.append((char) Character.toLowerCase(letter));
    } else if (isCherokee(letter)) {
      to.appendCodePoint(Character.toUpperCase(letter));
    } else if (letter == 0x130) {
      to.append("i\u0307");
    } else if (letter == 0x131) {
      to.append('\u0131');
    } else if (letter == 0x1E9E) {
      to.append("ss");
    } else {
      Character.toString(letter)
          .toUpperCase(Locale.ROOT)
          .codePoints()
          .forEach(upper -> to.appendCodePoint(Character.toLowerCase(upper)));
    }
  }

  /** Their capitals are the older letters, so these are what they fold to. */
  private static boolean isCherokee(int letter) {
    return letter >= 0x13A0 && letter <= 0x13FF || letter >= 0xAB70 && letter <= 0xABBF;
  }
}
