package dev.baton.engine.batch;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ReferenceManager;

/**
 * The memory of a {@link PooledAllocator}: buffers that nobody uses are kept, by size, for the next
 * ones. Arrow rounds sizes up to powers of two, so there are few of them. Thread-safe; threads meet
 * at a size, for as long as it takes to move a number.
 */
final class BufferPool implements AllocationManager.Factory {
  /** Smaller ones cost less than a page, and malloc keeps them well. */
  private static final int SMALLEST_BITS = 12;

  /** Arrow rounds nothing beyond this. */
  private static final int LARGEST_BITS = 24;

  private final long mostIdle;
  private final Idle[] idle = new Idle[LARGEST_BITS + 1];
  private final AtomicLong idleBytes = new AtomicLong();
  private final ArrowBuf empty = new ArrowBuf(ReferenceManager.NO_OP, null, 0, 0);
  private volatile BufferAllocator root;

  /**
   * @param mostIdle the most bytes that are kept
   */
  BufferPool(long mostIdle) {
    this.mostIdle = mostIdle;
    Arrays.setAll(idle, bits -> new Idle());
  }

  /** Starts to keep memory, on behalf of that allocator. */
  void open(BufferAllocator root) {
    this.root = root;
  }

  @Override
  public AllocationManager create(BufferAllocator user, long size) {
    long address = isKept(size) ? idle[bits(size)].pop() : Idle.NONE;
    if (address != Idle.NONE) {
      idleBytes.addAndGet(-size);
    }
    // The new one counts as used already, so what is still idle makes room for it.
    trim(room(user));
    if (address == Idle.NONE) {
      address = Memory.allocate(size);
    }
    return new Piece(user, size, address);
  }

  @Override
  public ArrowBuf empty() {
    return empty;
  }

  private void release(Piece piece) {
    long size = piece.size;
    if (isKept(size)) {
      // Counted before it is looked how much is used, so that of two threads one sees the other.
      if (idleBytes.addAndGet(size) <= room(piece.user)) {
        idle[bits(size)].push(piece.address);
        return;
      }
      idleBytes.addAndGet(-size);
    }
    Memory.free(piece.address);
  }

  /** How much may be idle. */
  private long room(BufferAllocator user) {
    BufferAllocator owner = root;
    if (owner == null) {
      return 0;
    }
    long unused = owner.getPeakMemoryAllocation() - owner.getAllocatedMemory();
    return Math.min(Math.min(mostIdle, unused), user.getHeadroom());
  }

  private void trim(long room) {
    for (int bits = LARGEST_BITS; idleBytes.get() > room && bits >= SMALLEST_BITS; ) {
      long address = idle[bits].pop();
      if (address == Idle.NONE) {
        bits--;
      } else {
        idleBytes.addAndGet(-(1L << bits));
        Memory.free(address);
      }
    }
  }

  long idleBytes() {
    return idleBytes.get();
  }

  /** Gives all idle memory back, and keeps none from now on. */
  void close() {
    root = null;
    trim(0);
  }

  private static boolean isKept(long size) {
    return Long.bitCount(size) == 1 && size >= 1L << SMALLEST_BITS && size <= 1L << LARGEST_BITS;
  }

  private static int bits(long size) {
    return Long.numberOfTrailingZeros(size);
  }

  /** Idle buffers of one size, of which the last one is the next: it may still be in a cache. */
  private static final class Idle {
    static final long NONE = 0;

    private long[] addresses = new long[16];
    private int count;

    synchronized void push(long address) {
      if (count == addresses.length) {
        addresses = Arrays.copyOf(addresses, 2 * count);
      }
      addresses[count++] = address;
    }

    synchronized long pop() {
      return count == 0 ? NONE : addresses[--count];
    }
  }

  /** A buffer in use. */
  private final class Piece extends AllocationManager {
    private final BufferAllocator user;
    private final long size;
    private final long address;

    Piece(BufferAllocator user, long size, long address) {
      super(user);
      this.user = user;
      this.size = size;
      this.address = address;
    }

    @Override
    public long getSize() {
      return size;
    }

    @Override
    protected long memoryAddress() {
      return address;
    }

    @Override
    protected void release0() {
      release(this);
    }
  }
}
