package dev.baton.cli.predict;

import dev.baton.engine.lock.LockPolicy;

/**
 * What a lock policy means to a simulation.
 *
 * @param global whether one thread works at a time
 * @param interval seconds after which a waiter asks for the lock
 * @param wakeUp seconds that it takes a woken thread to get going
 */
record Policy(boolean global, double interval, double wakeUp) {
  /** What Linux takes to wake a thread on a virtual machine. */
  private static final double WAKE_UP = 50e-6;

  /**
   * The meaning of a policy. Kernels outside the global lock and locks of objects leave nothing to
   * exclude but the merging by workers, which excludes itself; workers in processes have a global
   * lock each, which nobody else wants.
   */
  static Policy of(LockPolicy policy, boolean processes) {
    return policy instanceof LockPolicy.Global global && !processes
        ? new Policy(true, global.switchInterval().toNanos() / 1e9, WAKE_UP)
        : new Policy(false, 0, 0);
  }
}
