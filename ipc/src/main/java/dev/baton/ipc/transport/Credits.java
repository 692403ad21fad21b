package dev.baton.ipc.transport;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Slots to give back that no document says yet. Any thread adds one without waiting for the writer:
 * whoever has the lock says them all, and looks once more after it has let the lock go, so that
 * none is left behind.
 */
final class Credits {
  /** Says slots in a document; called with the lock. */
  interface Writer {
    void write(long slots) throws IOException;
  }

  private final ReentrantLock lock;
  private final Writer writer;

  /** As bits. */
  private final AtomicLong slots = new AtomicLong();

  /**
   * @param lock of the writer; whoever has held it for something else calls {@link #flush} after
   */
  Credits(ReentrantLock lock, Writer writer) {
    this.lock = lock;
    this.writer = writer;
  }

  /** Gives a slot back, now or right after what another thread is writing. */
  void add(int slot) throws IOException {
    slots.accumulateAndGet(1L << slot, (a, b) -> a | b);
    flush();
  }

  /** Says what is there to be said, unless another thread is about to. */
  void flush() throws IOException {
    // A payload being written may release what it was made from: then this thread has the lock.
    while (slots.get() != 0 && !lock.isHeldByCurrentThread() && lock.tryLock()) {
      try {
        long now = slots.getAndSet(0);
        if (now != 0) {
          writer.write(now);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
