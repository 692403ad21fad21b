package dev.baton.operators.io.fields;

/** A field that breaks a rule, by its place in the text at hand; the reader adds the file's. */
public final class BadField extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Where the field starts, in bytes from the start of the text at hand. */
  public final int offset;

  /** Its column, or -1 when the whole record is meant. */
  public final int column;

  /** Whether the record cannot be split into fields. */
  public final boolean record;

  /** What is wrong, without the remedy. */
  public final String rule;

  private BadField(int offset, int column, boolean record, String rule, String remedy) {
    super(remedy.isEmpty() ? rule : rule + "; " + remedy, null, false, false);
    this.offset = offset;
    this.column = column;
    this.record = record;
    this.rule = rule;
  }

  /** A field that is no value of its column. */
  public static BadField value(int offset, int column, String rule, String remedy) {
    return new BadField(offset, column, false, rule, remedy);
  }

  /** A record that cannot be split into fields. */
  public static BadField record(int offset, int column, String rule, String remedy) {
    return new BadField(offset, column, true, rule, remedy);
  }
}
