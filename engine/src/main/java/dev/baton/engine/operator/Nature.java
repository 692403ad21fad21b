package dev.baton.engine.operator;

/** What kind of work a stage does, which decides how a lock policy treats it. */
public enum Nature {
  /** Straight loops over buffers, like a NumPy kernel: may run without the global lock. */
  COLUMNAR,
  /** A user's function called row by row, like Python code: holds the global lock. */
  ROW,
  /** Waits for something outside the program; the global lock is given up while it waits. */
  BLOCKING
}
