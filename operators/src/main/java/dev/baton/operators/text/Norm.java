package dev.baton.operators.text;

/** What each vector of a text is divided by. */
public enum Norm {
  /** The sum of its absolute values. */
  L1,
  /** The root of the sum of its squares. */
  L2,
  /** Nothing. */
  NONE;

  /** Divides a vector that lies between two places; one of zeros alone stays. */
  void divide(double[] values, int from, int to) {
    if (this == NONE) {
      return;
    }
    double size = 0;
    for (int i = from; i < to; i++) {
      size += this == L1 ? Math.abs(values[i]) : values[i] * values[i];
    }
    size = this == L1 ? size : Math.sqrt(size);
    for (int i = from; i < to && size > 0; i++) {
      values[i] /= size;
    }
  }
}
