package dev.baton.operators.io.fields;

/** What the readers of columns must know about the format that their fields are written in. */
public interface FieldFormat {
  /**
   * Writes the value of an escaped field, which has at most as many bytes as the field.
   *
   * @return the address behind it
   */
  long unescape(long from, long end, long to);

  /** What to do about a field that is no value of its column. */
  String remedy(FieldColumn column, String value);
}
