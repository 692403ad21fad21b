package dev.baton.operators.parquet;

import java.io.IOException;

/**
 * What is wrong with bytes of a page; {@link ColumnReader} says in which file, group and column.
 */
final class CorruptException extends IOException {
  private static final long serialVersionUID = 1L;

  CorruptException(String message) {
    super(message);
  }
}
