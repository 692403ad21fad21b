package dev.baton.cli.predict;

import java.util.List;

/**
 * What a run has to do, in seconds of one core, whoever does it.
 *
 * @param passes over the source
 * @param outside what is done by one thread while no worker is at work: opening, planning, pauses
 *     of the garbage collector
 * @param background what the JVM does beside it on whatever core is free: compiling, collecting
 */
public record Workload(List<Pass> passes, double outside, double background) {
  public Workload {
    passes = List.copyOf(passes);
  }

  /**
   * One pass.
   *
   * @param splits what the worker does for each split, in order
   * @param workerMerge what a worker merges for each split, one worker at a time
   * @param latency how long a worker waits for each split without work to do: for the outside
   *     world, or for another process
   * @param callerMerge what the caller does for each split: merge, commit
   * @param publish what the caller does to find each split
   * @param start what the caller does before it starts the workers
   * @param startOne what it does to start each of them, one after the other
   * @param checkpoint how long a worker works until it looks whether another wants the lock
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Pass(
      double[] splits,
      double workerMerge,
      double latency,
      double callerMerge,
      double publish,
      double start,
      double startOne,
      double checkpoint) {
    /** All that is done in it with so many workers. */
    double work(int workers) {
      double sum = 0;
      for (double split : splits) {
        sum += split;
      }
      return sum
          + splits.length * (workerMerge + callerMerge + publish)
          + start
          + workers * startOne;
    }
  }

  /** All that is done in passes with so many workers. */
  double work(int workers) {
    return passes.stream().mapToDouble(pass -> pass.work(workers)).sum();
  }
}
