package dev.baton.operators.text;

/** How the vectors of texts are written. */
public enum Output {
  /** Two lists: the positions of what is not zero, ascending, and the values there. */
  SPARSE,
  /** One list of as many values as there are features. */
  DENSE,
  /** One column for each feature, called {@code <column>_<feature>}; at most 4,096 of them. */
  COLUMNS
}
