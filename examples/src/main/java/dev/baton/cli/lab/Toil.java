package dev.baton.cli.lab;

import dev.baton.engine.lock.WorkerLock;
import java.util.function.BooleanSupplier;

/** Work for the processor alone: no memory, no allocation, nothing shared. */
final class Toil {
  /** Two microseconds or so. */
  private static final int STEPS = 2000;

  private Toil() {}

  /** Steps of a generator of Marsaglia's xorshift kind, each of which needs the one before. */
  static long steps(long seed, int steps) {
    long x = seed | 1;
    for (int i = 0; i < steps; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    return x;
  }

  /**
   * Computes as a worker does: holds the lock, and looks every few microseconds whether another
   * worker wants it.
   *
   * @return how many times it looked, and so how much work was done
   */
  static long under(WorkerLock lock, BooleanSupplier goOn) {
    long looks = 0;
    long seed = 1;
    lock.acquire();
    try {
      while (goOn.getAsBoolean()) {
        seed = steps(seed, STEPS);
        looks++;
        lock.checkpoint();
      }
    } finally {
      lock.release();
    }
    // The generator is never 0, which only the compiler does not know.
    return seed == 0 ? 0 : looks;
  }
}
