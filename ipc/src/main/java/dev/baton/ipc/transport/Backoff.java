package dev.baton.ipc.transport;

import java.util.concurrent.locks.LockSupport;

/**
 * Waits for another process without taking its core: spins for a few microseconds, yields for some
 * tens, then sleeps 50 us growing to 1 ms. Who has patience sleeps at once. One instance per
 * waiting thread; {@link #reset} after progress.
 *
 * <p>Small messages between two JVMs on 2 busy cores took 11 us there and back at the median (p99
 * 62 us) while both wait actively ({@code TransportBenchmark}); an end that sat idle notices a
 * message within about 1.1 ms.
 */
final class Backoff {
  private static final int SPINS = 50;
  private static final int YIELDS = 50;
  private static final long FIRST_SLEEP = 50_000;
  private static final long LONGEST_SLEEP = 1_000_000;

  /** After about half a second nothing is expected soon: a worker between two runs. */
  private static final int LONG_WAIT_TURNS = 600;

  private static final long LONGEST_IDLE_SLEEP = 10_000_000;

  private final long patience;
  private int turns;
  private long sleep;

  /** Eager: what is waited for may come at any moment. */
  Backoff() {
    this(0);
  }

  /**
   * With some nanoseconds of patience it sleeps that long between looks: for who need not know
   * before, and would take the core from the very process it waits for.
   */
  Backoff(long patience) {
    this.patience = patience;
    reset();
  }

  /** To be called after each vain look for progress. */
  @SuppressWarnings("ThreadPriorityCheck") // Right or wrong, the sleep that follows is enough.
  void idle() throws InterruptedException {
    if (patience > 0) {
      sleep(patience);
      return;
    }
    if (turns < SPINS) {
      turns++;
      Thread.onSpinWait();
      return;
    }
    if (turns < SPINS + YIELDS) {
      turns++;
      checkInterrupted();
      Thread.yield();
      return;
    }
    sleep(sleep);
    long longest = turns++ < LONG_WAIT_TURNS ? LONGEST_SLEEP : LONGEST_IDLE_SLEEP;
    sleep = Math.min(longest, 2 * sleep);
  }

  private void sleep(long nanos) throws InterruptedException {
    checkInterrupted();
    LockSupport.parkNanos(this, nanos);
  }

  private static void checkInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while waiting for another process");
    }
  }

  /** To be called after progress. */
  void reset() {
    turns = 0;
    sleep = FIRST_SLEEP;
  }
}
