package dev.baton.engine;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A pipeline could not be planned or run. The message says where (stage, column, batch, row), what
 * rule was broken, by which value, and what to do about it. A failed run leaves no output behind.
 */
public final class PipelineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int stage;
  private final String column;
  private final String batch;
  private final int row;

  /** A failure outside any stage: the source, the sink, the run as a whole. */
  public PipelineException(String message, Throwable cause) {
    super(message, cause);
    this.stage = 0;
    this.column = null;
    this.batch = null;
    this.row = -1;
  }

  private PipelineException(
      String message, Throwable cause, int stage, String column, String batch, int row) {
    super(message, cause);
    this.stage = stage;
    this.column = column;
    this.batch = batch;
    this.row = row;
  }

  /**
   * A failure in a stage.
   *
   * @param stage the number of the operator in the pipeline, from 1
   * @param operator its name
   * @param column the column concerned, or null
   * @param batch the batch concerned, or null
   * @param row the row in the batch, from 0, or -1
   */
  public static PipelineException inStage(
      int stage,
      String operator,
      String column,
      String batch,
      int row,
      String message,
      Throwable cause) {
    StringBuilder where = new StringBuilder("stage ").append(stage);
    if (column != null) {
      where.append(" '").append(column).append('\'');
    }
    where.append(" (").append(operator).append(')');
    if (batch != null) {
      where.append(", batch ").append(batch);
    }
    if (row >= 0) {
      where.append(", row ").append(row);
    }
    return new PipelineException(where + ": " + message, cause, stage, column, batch, row);
  }

  /** What to throw for {@code e}: itself if unchecked, else a pipeline exception around it. */
  public static RuntimeException wrap(Throwable e) {
    if (e instanceof UncheckedIOException io) {
      return wrap(io.getCause());
    }
    if (e instanceof RuntimeException unchecked) {
      return unchecked;
    }
    String message = e.getMessage() == null ? "" : e.getMessage();
    return new PipelineException(
        e instanceof IOException && !message.isEmpty() ? message : e.toString(), e);
  }

  /** The number of the operator in the pipeline, from 1; 0 when no operator is concerned. */
  public int stage() {
    return stage;
  }

  /** The column concerned, or null. */
  public String column() {
    return column;
  }

  /**
   * The batch concerned, or null: the number of its split from 0, followed by a dot and the number
   * of the batch in the split when that is not the first.
   */
  public String batch() {
    return batch;
  }

  /** The row in the batch, from 0, or -1. */
  public int row() {
    return row;
  }
}
