package dev.baton.operators.io.csv;

/** When and how text is quoted. */
final class Quoting {
  private Quoting() {}

  static boolean needed(String text, char delimiter) {
    return text.chars().anyMatch(c -> c == delimiter || c == '"' || c == '\n' || c == '\r');
  }

  /** A name as it stands in the header. */
  static String quote(String text, char delimiter) {
    boolean mark = text.startsWith("\uFEFF");
    return mark || text.isEmpty() || needed(text, delimiter)
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
