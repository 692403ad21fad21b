package dev.baton.operators.impute;

import java.util.Locale;

/** Where the value that replaces a missing one comes from. */
public enum Strategy {
  /** The mean of a numeric column. */
  MEAN,
  /** The middle value of a numeric column, or the mean of the two middle ones. */
  MEDIAN,
  /** The value seen most often; of several the smallest. */
  MOST_FREQUENT,
  /** A value the user gives. */
  CONSTANT;

  /** The name as in a file. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
