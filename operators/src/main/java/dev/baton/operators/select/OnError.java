package dev.baton.operators.select;

/** What becomes of a value that cannot be converted. */
public enum OnError {
  /** The run fails, naming column, row and value. */
  FAIL,
  /** It becomes null. */
  MAKE_NULL
}
