package dev.baton.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory is used again, within its bounds, and mistakes are found as without a pool. */
@Timeout(60)
class PooledAllocatorTest {
  private static final int KIB = 1 << 10;

  private final PooledAllocator root = new PooledAllocator();

  @Test
  void aBufferGoesToTheNextOneOfItsSize() {
    ArrowBuf first = root.buffer(64 * KIB);
    ArrowBuf other = root.buffer(32 * KIB);
    long address = first.memoryAddress();
    first.close();
    assertEquals(64 * KIB, root.idleBytes());
    assertEquals(32 * KIB, root.getAllocatedMemory());
    try (ArrowBuf second = root.buffer(40 * KIB)) {
      // Rounded up to 64 KiB as ever.
      assertEquals(64 * KIB, second.capacity());
      assertEquals(address, second.memoryAddress());
      assertEquals(96 * KIB, root.getAllocatedMemory());
    }
    other.close();
    root.close();
    assertEquals(0, root.idleBytes());
  }

  @Test
  void theNextRunOfTheSameBuffersGetsThemAll() {
    List<Long> first = addresses(100);
    assertEquals(100L * 128 * KIB, root.idleBytes());
    List<Long> second = addresses(100);
    assertEquals(first.stream().sorted().toList(), second.stream().sorted().toList());
    root.close();
  }

  private List<Long> addresses(int count) {
    List<ArrowBuf> buffers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      buffers.add(root.buffer(128 * KIB));
    }
    List<Long> addresses = buffers.stream().map(ArrowBuf::memoryAddress).toList();
    buffers.forEach(ArrowBuf::close);
    return addresses;
  }

  @Test
  void neverMoreIsTakenThanWasInUseAtOnce() {
    SplittableRandom random = new SplittableRandom(7);
    List<ArrowBuf> held = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (held.size() > 40 || !held.isEmpty() && random.nextInt(2) == 0) {
        held.remove(random.nextInt(held.size())).close();
      } else {
        ArrowBuf made = root.buffer(1L << 6 + random.nextInt(14));
        check(made, held);
        held.add(made);
      }
      assertTrue(
          root.getAllocatedMemory() + root.idleBytes() <= root.getPeakMemoryAllocation(),
          () -> root.getAllocatedMemory() + " used, " + root.idleBytes() + " idle");
    }
    held.forEach(ArrowBuf::close);
    root.close();
  }

  private static void check(ArrowBuf made, List<ArrowBuf> held) {
    for (ArrowBuf other : held) {
      assertTrue(
          made.memoryAddress() + made.capacity() <= other.memoryAddress()
              || other.memoryAddress() + other.capacity() <= made.memoryAddress());
    }
  }

  @Test
  void whatIsIdleStaysWithinALimit() {
    List<ArrowBuf> buffers = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      buffers.add(root.buffer(64 * KIB));
    }
    buffers.forEach(ArrowBuf::close);
    assertEquals(64 * 64 * KIB, root.idleBytes());
    long limit = 256 * KIB;
    try (BufferAllocator run = root.newChildAllocator("run", 0, limit);
        BufferAllocator worker = run.newChildAllocator("worker", 0, Long.MAX_VALUE)) {
      // There is none of this size, so what is idle must leave room for it.
      ArrowBuf first = worker.buffer(128 * KIB);
      assertEquals(128 * KIB, root.idleBytes());
      ArrowBuf second = worker.buffer(64 * KIB);
      assertEquals(64 * KIB, root.idleBytes());
      assertThrows(OutOfMemoryException.class, () -> worker.buffer(128 * KIB));
      first.close();
      second.close();
      assertTrue(root.idleBytes() <= limit, () -> root.idleBytes() + " bytes are idle");
    }
    root.close();
  }

  @Test
  void noMoreThanTheMostIsKept() {
    PooledAllocator small = new PooledAllocator(100 * KIB);
    List<ArrowBuf> buffers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      buffers.add(small.buffer(16 * KIB));
    }
    buffers.forEach(ArrowBuf::close);
    assertEquals(96 * KIB, small.idleBytes());
    small.close();
  }

  @Test
  void smallAndHugeBuffersAreNotKept() {
    for (long size : new long[] {0, 1, 2 * KIB, (16L << 20) + 1}) {
      root.buffer(size).close();
      assertEquals(0, root.idleBytes(), size + " bytes");
    }
    root.close();
  }

  @Test
  void closingFindsALeakAndGivesBackTheRest() {
    root.buffer(64 * KIB);
    root.buffer(32 * KIB).close();
    assertTrue(
        assertThrows(IllegalStateException.class, root::close)
            .getMessage()
            .contains("Memory was leaked"));
    assertEquals(0, root.idleBytes());
  }

  @Test
  void memoryThatMovedToAnotherAllocatorIsKeptToo() {
    BufferAllocator from = root.newChildAllocator("from", 0, Long.MAX_VALUE);
    ArrowBuf buffer = from.buffer(64 * KIB);
    ArrowBuf moved =
        buffer.getReferenceManager().transferOwnership(buffer, root).getTransferredBuffer();
    buffer.close();
    from.close();
    moved.close();
    assertEquals(64 * KIB, root.idleBytes());
    root.close();
  }

  /** Every word of a buffer is its owner's as long as it is open. */
  @Test
  void threadsNeverShareABuffer() throws Exception {
    int threads = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> done = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int seed = thread;
      done.add(pool.submit(() -> useAndRelease(seed)));
    }
    for (Future<?> future : done) {
      future.get();
    }
    pool.shutdown();
    assertEquals(0, root.getAllocatedMemory());
    assertTrue(root.idleBytes() <= root.getPeakMemoryAllocation());
    root.close();
  }

  private Object useAndRelease(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (BufferAllocator worker = root.newChildAllocator("worker " + seed, 0, Long.MAX_VALUE)) {
      List<ArrowBuf> held = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        ArrowBuf made = worker.buffer(4L * KIB << random.nextInt(3));
        made.setLong(0, made.getId());
        made.setLong(made.capacity() - 8, made.getId());
        held.add(made);
        if (held.size() == 8) {
          ArrowBuf old = held.remove(random.nextInt(8));
          assertEquals(old.getId(), old.getLong(0));
          assertEquals(old.getId(), old.getLong(old.capacity() - 8));
          old.close();
        }
      }
      held.forEach(ArrowBuf::close);
    }
    return null;
  }
}
