package dev.baton.ipc.transport;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The credits of one end, as bits: the slots it may fill, and the slots it was sent and has not
 * given back. Safe for any number of threads.
 */
final class Slots {
  private final int count;
  private final AtomicLong free;
  private final AtomicLong held = new AtomicLong();

  /** All {@code count} slots, 1 to 64, are free. */
  Slots(int count) {
    this.count = count;
    free = new AtomicLong(all());
  }

  private long all() {
    return -1L >>> (64 - count);
  }

  /** A free slot, which is then not free; -1 if there is none. */
  int claim() {
    // The lowest one: it is the one most likely in a cache.
    for (long slots = free.get(); slots != 0; slots = free.get()) {
      long lowest = Long.lowestOneBit(slots);
      if (free.compareAndSet(slots, slots & ~lowest)) {
        return Long.numberOfTrailingZeros(lowest);
      }
    }
    return -1;
  }

  boolean anyFree() {
    return free.get() != 0;
  }

  /** Gives a claimed slot back that was not used. */
  void unclaim(int slot) {
    free.accumulateAndGet(1L << slot, (a, b) -> a | b);
  }

  /** The other end has given slots back. */
  void free(long slots) throws IOException {
    if ((slots & ~all()) != 0 || (slots & free.get()) != 0) {
      throw new IOException("slots %x were given back, which are not in use".formatted(slots));
    }
    free.accumulateAndGet(slots, (a, b) -> a | b);
  }

  /** The other end has filled a slot. */
  void hold(int slot) throws IOException {
    if ((held.getAndAccumulate(1L << slot, (a, b) -> a | b) & (1L << slot)) != 0) {
      throw new IOException("slot %d was filled while it is in use".formatted(slot));
    }
  }

  /** To be called before the slot goes back to the other end. */
  void unhold(int slot) {
    held.accumulateAndGet(~(1L << slot), (a, b) -> a & b);
  }
}
