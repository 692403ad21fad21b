package dev.baton.engine.operator;

/**
 * A kernel met a value it cannot take. The message says what was expected, what was found and what
 * to do; the engine adds the stage and the batch.
 */
public final class ValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String column;
  private final int row;

  /**
   * @param column the column of the value
   * @param row its row in the batch, from 0; -1 for a value that is in no row
   */
  public ValueException(String column, int row, String message) {
    super(message);
    this.column = column;
    this.row = row;
  }

  /** The same, with what caused it. */
  public ValueException(String column, int row, String message, Throwable cause) {
    super(message, cause);
    this.column = column;
    this.row = row;
  }

  public String column() {
    return column;
  }

  public int row() {
    return row;
  }
}
