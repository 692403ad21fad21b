package dev.baton.engine.operator;

/** Gives the contents of a {@link FitState} back, in the order in which they were written. */
public interface StateReader {
  long[] longs();

  double[] doubles();

  byte[] bytes();
}
