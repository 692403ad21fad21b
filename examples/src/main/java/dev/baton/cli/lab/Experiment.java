package dev.baton.cli.lab;

import java.util.List;

/**
 * A claim about locks, threads and processes, and the measurement that shows whether it is so here.
 * Every concrete class of this package that implements it, with a constructor without parameters,
 * is an experiment of {@code baton lab}; nothing else needs to know of it.
 */
public interface Experiment {
  /** Its name on the command line: one word in lower case. */
  String id();

  /** What is claimed, in one sentence. */
  String claim();

  /**
   * The behaviours of CPython that it reproduces, by their numbers in {@code docs/lab.md}; the
   * report is in their order.
   */
  List<Integer> behaviours();

  /** Measures. Whatever it starts has ended when it returns. */
  Findings run(Bench bench) throws Exception;
}
