package dev.baton.operators.text;

/** What the terms of a text are made of. */
public enum Unit {
  /** Words: terms are runs of so many tokens, joined by a space. */
  WORD,
  /** Characters: terms are runs of so many code points; several blanks in a row count as one. */
  CHAR,
  /**
   * Characters within words: each run of anything but blanks gets a space before and behind it, and
   * terms do not reach beyond. A word shorter than the term is one itself.
   */
  CHAR_WB
}
