package dev.baton.engine.internal.threads;

import dev.baton.engine.metrics.Account;
import dev.baton.engine.source.Split;
import dev.baton.engine.spi.RunScope;
import dev.baton.engine.spi.WorkerScope;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Keeps workers within the memory limit of a run by letting them wait instead of fail. A step,
 * which makes one result, begins when there is room for it, for all steps under way, and for one
 * more, each taken to need as much as the largest so far. The first unfinished split need not wait
 * once its results are taken: so a run goes on whatever the limit, and fails only when one step
 * alone does not fit. Splits that hold memory of their own count too, and no more of them are found
 * than take a quarter of the limit. Thread-safe.
 */
final class MemoryGate {
  private final RunScope run;
  private final LongSupplier first;

  /** The most memory that a step took; 0 until one has ended. */
  private long need;

  private int underWay;

  /** Of splits that are found and not done. */
  private long held;

  /**
   * @param first the sequence of the first unfinished split
   */
  MemoryGate(RunScope run, LongSupplier first) {
    this.run = run;
    this.first = first;
  }

  /** One worker's side. Confined to its thread. */
  final class Side {
    private final WorkerScope worker;
    private long allocated;
    private long peak;

    Side(WorkerScope worker) {
      this.worker = worker;
    }

    /** Waits, without the global lock, until a step of that split may begin. */
    void enter(long sequence, Slot<?> slot) throws InterruptedException {
      if (limit() == Long.MAX_VALUE) {
        return;
      }
      if (!tryEnter(sequence, slot)) {
        worker.release();
        int before = worker.clock().account(Account.BACK_PRESSURE);
        try {
          waitToEnter(sequence, slot);
        } finally {
          worker.clock().back(before);
          worker.acquire();
        }
      }
      allocated = worker.allocator().getAllocatedMemory();
      peak = worker.allocator().getPeakMemoryAllocation();
    }

    /** Ends the step. */
    void leave() {
      if (limit() == Long.MAX_VALUE) {
        return;
      }
      BufferAllocator allocator = worker.allocator();
      long highest = allocator.getPeakMemoryAllocation();
      // A step that does not take more than ever before took less than the one that did.
      MemoryGate.this.leave(
          (highest > peak ? highest : allocator.getAllocatedMemory()) - allocated);
    }
  }

  private long limit() {
    return run.memory().here();
  }

  private synchronized boolean tryEnter(long sequence, Slot<?> slot) {
    if (hasRoom() || (sequence == first.getAsLong() && slot.isEmpty()) || run.cancelled()) {
      underWay++;
      return true;
    }
    return false;
  }

  private synchronized void waitToEnter(long sequence, Slot<?> slot) throws InterruptedException {
    while (!tryEnter(sequence, slot)) {
      wait();
    }
  }

  private boolean hasRoom() {
    return need > 0
        && run.allocator().getAllocatedMemory() + held <= limit() - (underWay + 2) * need;
  }

  /** Whether another split may be found, which holds as much as those that are. */
  synchronized boolean hasRoomForSplits() {
    return held <= limit() / 4;
  }

  synchronized void found(Split split) {
    held += split.heldBytes();
  }

  synchronized void done(Split split) {
    held -= split.heldBytes();
  }

  private synchronized void leave(long taken) {
    underWay--;
    need = Math.max(need, Math.max(1, taken));
    notifyAll();
  }

  /** Has waiting workers look again: results were taken, or the run is cancelled. */
  void wake() {
    if (limit() != Long.MAX_VALUE) {
      synchronized (this) {
        notifyAll();
      }
    }
  }
}
