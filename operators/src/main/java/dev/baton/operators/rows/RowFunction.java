package dev.baton.operators.rows;

/**
 * A user's function of one row. It is called by several threads at once, so it must not keep
 * anything that it changes, and it must not keep its arguments.
 */
@FunctionalInterface
public interface RowFunction {
  /** Reads the row from {@code in} and writes the new columns to {@code out}. */
  void apply(RowReader in, RowWriter out) throws Exception;
}
