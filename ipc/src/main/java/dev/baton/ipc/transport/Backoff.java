package dev.baton.ipc.transport;

import java.util.concurrent.locks.LockSupport;

/**
 * Waits for another process without taking its core: spins for a few microseconds, yields for some
 * tens, then sleeps 50 us growing to 1 ms. One instance per waiting thread; {@link #reset} after
 * progress.
 *
 * <p>Small messages between two JVMs on 2 busy cores took 11 us there and back at the median (p99
 * 62 us) while both wait actively ({@code TransportBenchmark}); an end that sat idle notices a
 * message within about 1.1 ms.
 */
final class Backoff {
  private static final int SPINS = 50;
  private static final int YIELDS = 50;
  private static final long FIRST_SLEEP = 50_000;
  private static final long PATIENT_SLEEP = 500_000;
  private static final long LONGEST_SLEEP = 1_000_000;

  /** After about half a second nothing is expected soon: a worker between two runs. */
  private static final int LONG_WAIT_TURNS = 600;

  private static final long LONGEST_IDLE_SLEEP = 10_000_000;

  private final int eagerTurns;
  private int turns;
  private long sleep = FIRST_SLEEP;

  /** Eager: what is waited for may come at any moment. */
  Backoff() {
    this(true);
  }

  /**
   * With {@code eager} false it sleeps at once: for who need not know before about a millisecond,
   * and would take the core from the very process it waits for.
   */
  Backoff(boolean eager) {
    eagerTurns = eager ? 0 : SPINS + YIELDS;
    reset();
  }

  /** To be called after each vain look for progress. */
  @SuppressWarnings("ThreadPriorityCheck") // Right or wrong, the sleep that follows is enough.
  void idle() throws InterruptedException {
    if (turns < SPINS) {
      turns++;
      Thread.onSpinWait();
      return;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while waiting for another process");
    }
    if (turns < SPINS + YIELDS) {
      turns++;
      Thread.yield();
      return;
    }
    LockSupport.parkNanos(this, sleep);
    long longest = turns++ < LONG_WAIT_TURNS ? LONGEST_SLEEP : LONGEST_IDLE_SLEEP;
    sleep = Math.min(longest, 2 * sleep);
  }

  /** To be called after progress. */
  void reset() {
    turns = eagerTurns;
    sleep = eagerTurns == 0 ? FIRST_SLEEP : PATIENT_SLEEP;
  }
}
