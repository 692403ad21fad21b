package dev.baton.ipc;

import dev.baton.engine.spi.RemoteCounters;

/** Looks now and then how much memory this process and its workers take together. */
final class MemorySampler implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 1000;

  private final Thread thread;

  MemorySampler(WorkerPool pool, RemoteCounters counters) {
    thread = new Thread(() -> sample(pool, counters), "baton-memory-sampler");
    thread.setDaemon(true);
    thread.start();
  }

  private static void sample(WorkerPool pool, RemoteCounters counters) {
    try {
      while (true) {
        counters.memory(pool.memoryBytes());
        Thread.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      counters.memory(pool.memoryBytes());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
