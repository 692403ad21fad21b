package dev.baton.engine.internal.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Memory for the columns of single rows, some dozens of which are made and released for each row:
 * pieces of a slab that are handed out again and again, without a call of the system. Larger ones
 * are allocated as usual. Confined to one thread at a time.
 */
final class SmallMemory implements AllocationManager.Factory, AutoCloseable {
  private static final int SMALLEST_BITS = 6;
  private static final int LARGEST_BITS = 12;
  private static final int SLAB = 1 << 16;

  private final BufferAllocator backing = new RootAllocator();
  private final List<ArrowBuf> slabs = new ArrayList<>();
  private final Free[] free = new Free[LARGEST_BITS + 1];
  private long next;
  private long end;

  SmallMemory() {
    Arrays.setAll(free, bits -> new Free());
  }

  /** An allocator of this memory, which the caller closes before this. */
  BufferAllocator allocator() {
    return new RootAllocator(RootAllocator.configBuilder().allocationManagerFactory(this).build());
  }

  @Override
  public AllocationManager create(BufferAllocator allocator, long size) {
    int bits = Math.max(SMALLEST_BITS, 64 - Long.numberOfLeadingZeros(size - 1));
    return bits <= LARGEST_BITS ? new Small(allocator, size, bits) : new Large(allocator, size);
  }

  @Override
  public ArrowBuf empty() {
    return backing.getEmpty();
  }

  private long take(int bits) {
    Free pieces = free[bits];
    if (pieces.count > 0) {
      return pieces.addresses[--pieces.count];
    }
    if (end - next < 1L << bits) {
      ArrowBuf slab = backing.buffer(SLAB);
      slabs.add(slab);
      // What is left of the last slab is lost: less than the largest piece.
      next = slab.memoryAddress() + 63 & -64;
      end = slab.memoryAddress() + SLAB;
    }
    long address = next;
    next += 1L << bits;
    return address;
  }

  @Override
  public void close() {
    slabs.forEach(ArrowBuf::close);
    backing.close();
  }

  /** Pieces of one size that are free. */
  private static final class Free {
    private long[] addresses = new long[16];
    private int count;

    void add(long address) {
      if (count == addresses.length) {
        addresses = Arrays.copyOf(addresses, 2 * count);
      }
      addresses[count++] = address;
    }
  }

  private final class Small extends AllocationManager {
    private final long size;
    private final int bits;
    private final long address;

    Small(BufferAllocator allocator, long size, int bits) {
      super(allocator);
      this.size = size;
      this.bits = bits;
      this.address = take(bits);
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
      free[bits].add(address);
    }
  }

  private final class Large extends AllocationManager {
    private final long size;
    private final ArrowBuf buffer;

    Large(BufferAllocator allocator, long size) {
      super(allocator);
      this.size = size;
      this.buffer = backing.buffer(size);
    }

    @Override
    public long getSize() {
      return size;
    }

    @Override
    protected long memoryAddress() {
      return buffer.memoryAddress();
    }

    @Override
    protected void release0() {
      buffer.close();
    }
  }
}
