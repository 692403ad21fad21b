package dev.baton.engine.operator;

/**
 * Takes the contents of a {@link FitState}, which it keeps as one row of Arrow columns: each call
 * adds a column. Arrays are copied.
 */
public interface StateWriter {
  void longs(long... values);

  void doubles(double... values);

  void bytes(byte[] values);
}
