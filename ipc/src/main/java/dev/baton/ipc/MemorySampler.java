package dev.baton.ipc;

import dev.baton.engine.spi.RemoteCounters;

/**
 * Looks now and then how much memory this process and its workers take together. Resident sizes are
 * cheap to read but count shared pages more than once; proportional ones cost the kernel a walk
 * through all pages, so they are read only when resident sizes have grown.
 */
final class MemorySampler implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 250;

  private final WorkerPool pool;
  private final RemoteCounters counters;
  private final Thread thread;

  MemorySampler(WorkerPool pool, RemoteCounters counters) {
    this.pool = pool;
    this.counters = counters;
    thread = new Thread(this::sample, "baton-memory-sampler");
    thread.setDaemon(true);
    thread.start();
  }

  private void sample() {
    try {
      while (true) {
        Thread.sleep(INTERVAL_MILLIS);
        look();
      }
    } catch (InterruptedException e) {
      if (counters.peakMemoryBytes() == 0) {
        look(); // a short run has this look only
      }
    }
  }

  private void look() {
    counters.memory(pool.residentBytes(), pool::memoryBytes);
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
