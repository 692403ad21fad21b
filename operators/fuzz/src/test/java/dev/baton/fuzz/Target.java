package dev.baton.fuzz;

import java.util.List;

/** A parser and what must be true of it, whatever bytes it is given. */
interface Target {
  /** Inputs to start from. */
  List<byte[]> seeds() throws Exception;

  /** How many inputs take a few seconds. */
  int briefly();

  /** Throws anything when a rule is broken; a clear error of the parser is none. */
  void accept(byte[] input) throws Exception;
}
