package dev.baton.operators.impute;

/** Where the value that replaces a missing one comes from. */
public enum Strategy {
  /** The mean of a numeric column. */
  MEAN,
  /** The middle value of a numeric column, or the mean of the two middle ones. */
  MEDIAN,
  /** The value seen most often; of several the smallest. */
  MOST_FREQUENT,
  /** A value the user gives. */
  CONSTANT
}
