package dev.baton.engine.lock;

import dev.baton.engine.operator.Nature;

/**
 * One worker's side of the lock policy. Confined to that worker's thread, but for the two counters,
 * which any thread may read.
 *
 * <p>A worker calls {@link #acquire} when it starts and {@link #release} when it ends; in between
 * it holds the global lock, if the policy has one, except while it waits or runs released kernels.
 */
public interface WorkerLock {
  /** Starts to hold the lock: at the start of the worker, and after a voluntary release. */
  void acquire();

  /** Gives the lock up voluntarily, before waiting for anything or at the end of the worker. */
  void release();

  /** Hands the lock over if another worker has asked for it; see the switch interval. */
  void checkpoint();

  /**
   * Before a stage runs: gives the lock up if the policy lets work of that nature run without it.
   *
   * @return whether it was given up, to be passed to {@link #leave}
   */
  boolean enter(Nature nature);

  /** After a stage: takes the lock back if {@link #enter} gave it up. */
  void leave(boolean released);

  /** Nanoseconds spent waiting for the global lock or for an object's lock. */
  long waitNanos();

  /** How often this worker took the global lock from another. */
  long switches();
}
