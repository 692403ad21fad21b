package dev.baton.operators.io.jdbc;

import dev.baton.engine.source.Split;

/**
 * Some rows of a table.
 *
 * @param condition which they are, in SQL; empty for all
 */
record JdbcSplit(String condition) implements Split {
  /** Not known before they are read. */
  @Override
  public long bytes() {
    return 0;
  }
}
