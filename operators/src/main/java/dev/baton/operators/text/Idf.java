package dev.baton.operators.text;

/** The inverse document frequency as scikit-learn defines it. */
final class Idf {
  private Idf() {}

  /**
   * What a count is multiplied by.
   *
   * @param documents how many there are
   * @param having how many of them have the term
   * @param smooth whether to take one document more, which has every term, for granted
   */
  static double weight(long documents, long having, boolean smooth) {
    int more = smooth ? 1 : 0;
    // StrictMath: the same bits on every machine.
    return StrictMath.log((double) (documents + more) / (having + more)) + 1;
  }
}
