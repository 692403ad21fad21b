package dev.baton.operators.io.csv;

/** A field that breaks a rule, by its place in the text at hand; the reader adds the file's. */
final class BadField extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Where the field starts, in bytes from the start of the text at hand. */
  final int offset;

  /** Its column, or -1 when the whole record is meant. */
  final int column;

  BadField(int offset, int column, String rule) {
    super(rule, null, false, false);
    this.offset = offset;
    this.column = column;
  }
}
