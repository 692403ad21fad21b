package dev.baton.engine.internal.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A slot takes results while there is room, in itself or in the ring. No worker waits here. */
class SlotTest {
  private static final Result RESULT = new Result();

  /** Nothing that is to be closed. */
  private static final class Result implements AutoCloseable {
    @Override
    public void close() {}
  }

  private final AtomicInteger waiting = new AtomicInteger();

  @Test
  void aSlotTakesManyResultsWhileTheOthersHoldFew() throws Exception {
    Slot<Result> slot = new Slot<>(waiting, 8);
    put(slot, 8);
    assertEquals(8, waiting.get());
  }

  @Test
  void everySlotHasRoomForTwoWhateverTheOthersHold() throws Exception {
    Slot<Result> full = new Slot<>(waiting, 3);
    Slot<Result> other = new Slot<>(waiting, 3);
    put(full, 3);
    put(other, 2);
    assertEquals(5, waiting.get());
  }

  @Test
  void resultsCountUntilTheyAreTaken() throws Exception {
    Slot<Result> slot = new Slot<>(waiting, 2);
    put(slot, 2);
    assertSame(RESULT, slot.take(null));
    assertSame(RESULT, slot.drain());
    assertNull(slot.drain());
    assertEquals(0, waiting.get());
  }

  /** Without a worker, which a slot only needs to wait. */
  private static void put(Slot<Result> slot, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      slot.put(RESULT, null);
    }
  }
}
