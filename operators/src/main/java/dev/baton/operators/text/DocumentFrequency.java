package dev.baton.operators.text;

/**
 * In how many documents a term occurs: a number of them, or a share of all. Written {@code 2}, or
 * {@code 0.05} or {@code 5%}; {@code 1} is one document and {@code 1.0} all of them.
 *
 * @param value the number, at least 0, or the share, 0 to 1
 * @param share whether it is a share
 */
public record DocumentFrequency(double value, boolean share) {
  public DocumentFrequency {
    if (share ? !(value >= 0 && value <= 1) : !(value >= 0 && value == Math.rint(value))) {
      throw new IllegalArgumentException(
          "a document frequency is a whole number of documents such as 2, or a share such as 0.05"
              + " or 5%, but was "
              + value);
    }
  }

  /** That many documents. */
  public static DocumentFrequency count(long documents) {
    return new DocumentFrequency(documents, false);
  }

  /** That share of the documents. */
  public static DocumentFrequency share(double share) {
    return new DocumentFrequency(share, true);
  }

  /** The frequency that {@link #toString} or a user writes. */
  public static DocumentFrequency parse(String text) {
    try {
      if (text.endsWith("%")) {
        return share(Double.parseDouble(text.substring(0, text.length() - 1)) / 100);
      }
      return text.matches("[0-9_]+")
          ? count(Long.parseLong(text.replace("_", "")))
          : share(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "a document frequency is a whole number of documents such as 2, or a share such as 0.05"
              + " or 5%, but was '"
              + text
              + "'",
          e);
    }
  }

  /** How many of {@code documents} that is, possibly between two numbers. */
  double of(long documents) {
    return share ? value * documents : value;
  }

  @Override
  public String toString() {
    return share ? Double.toString(value) : Long.toString((long) value);
  }
}
