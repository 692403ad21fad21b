package dev.baton.engine.internal.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.AllocationReservation;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.BufferManager;
import org.apache.arrow.memory.ForeignAllocation;
import org.apache.arrow.memory.OwnershipTransferResult;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.memory.RootAllocator;

/**
 * Memory for the columns of single rows, some dozens of which are made and released for each row:
 * pieces of a slab that are handed out again and again. There is one user, no limit and nothing to
 * reserve, so of Arrow's accounting there is left what finds mistakes: how often a buffer is still
 * referred to, and how many are out. What is larger than a piece is allocated as usual. Confined to
 * one thread at a time.
 */
final class SmallMemory implements BufferAllocator {
  private static final int SMALLEST_BITS = 6;
  private static final int LARGEST_BITS = 12;
  private static final int SLAB = 1 << 16;

  /** The slabs and whatever is no piece of one: an allocator of the same root as this. */
  private final BufferAllocator backing = new RootAllocator();

  private final List<ArrowBuf> slabs = new ArrayList<>();
  private final Free[] free = new Free[LARGEST_BITS + 1];
  private long next;
  private long end;
  private long out;
  private long peak;
  private boolean closed;

  SmallMemory() {
    Arrays.setAll(free, bits -> new Free());
  }

  @Override
  public ArrowBuf buffer(long size) {
    if (size <= 0) {
      if (size < 0) {
        throw new IllegalArgumentException("a buffer of " + size + " bytes was asked for");
      }
      return getEmpty();
    }
    int bits = 64 - Long.numberOfLeadingZeros(size - 1);
    Piece piece = new Piece(1L << bits, Math.max(SMALLEST_BITS, bits));
    return new ArrowBuf(piece, null, piece.size, piece.address);
  }

  @Override
  public ArrowBuf buffer(long size, BufferManager manager) {
    throw new UnsupportedOperationException("buffer managers are not used here");
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

  /**
   * Releases all memory.
   *
   * @throws IllegalStateException when buffers are still in use: a leak
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    long leaked = out;
    slabs.forEach(ArrowBuf::close);
    backing.close();
    if (leaked > 0) {
      throw new IllegalStateException("memory was leaked by scoring: " + leaked + " bytes");
    }
  }

  @Override
  public BufferAllocator getRoot() {
    return backing;
  }

  @Override
  public BufferAllocator newChildAllocator(String name, long reservation, long limit) {
    return backing.newChildAllocator(name, reservation, limit);
  }

  @Override
  public BufferAllocator newChildAllocator(
      String name, AllocationListener listener, long reservation, long limit) {
    return backing.newChildAllocator(name, listener, reservation, limit);
  }

  @Override
  public ArrowBuf wrapForeignAllocation(ForeignAllocation allocation) {
    return backing.wrapForeignAllocation(allocation);
  }

  @Override
  public ArrowBuf getEmpty() {
    return backing.getEmpty();
  }

  @Override
  public long getAllocatedMemory() {
    return out;
  }

  @Override
  public long getPeakMemoryAllocation() {
    return peak;
  }

  @Override
  public long getLimit() {
    return Long.MAX_VALUE;
  }

  @Override
  public void setLimit(long limit) {
    throw new UnsupportedOperationException("memory for rows has no limit");
  }

  @Override
  public long getHeadroom() {
    return Long.MAX_VALUE - out;
  }

  @Override
  public long getInitReservation() {
    return 0;
  }

  /** Takes account of a buffer of the backing allocator that is moved here. */
  @Override
  public boolean forceAllocate(long size) {
    add(size);
    return true;
  }

  @Override
  public void releaseBytes(long size) {
    out -= size;
  }

  private void add(long size) {
    out += size;
    peak = Math.max(peak, out);
  }

  @Override
  public AllocationListener getListener() {
    return AllocationListener.NOOP;
  }

  @Override
  public BufferAllocator getParentAllocator() {
    return backing;
  }

  @Override
  public Collection<BufferAllocator> getChildAllocators() {
    return List.of();
  }

  @Override
  public AllocationReservation newReservation() {
    throw new UnsupportedOperationException("memory for rows cannot be reserved");
  }

  @Override
  public String getName() {
    return "rows";
  }

  @Override
  public boolean isOverLimit() {
    return false;
  }

  @Override
  public String toVerboseString() {
    return "rows: " + out + " bytes in use, " + slabs.size() + " slabs";
  }

  @Override
  public void assertOpen() {
    if (closed) {
      throw new IllegalStateException("the memory for rows is closed");
    }
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

  /** What all buffers over one piece of memory refer to. */
  private final class Piece implements ReferenceManager {
    private final long size;
    private final int bits;
    private final long address;
    private final ArrowBuf large;
    private int references = 1;

    Piece(long size, int bits) {
      this.size = size;
      this.bits = bits;
      this.large = bits > LARGEST_BITS ? backing.buffer(size) : null;
      this.address = large == null ? take(bits) : large.memoryAddress();
      add(size);
    }

    @Override
    public int getRefCount() {
      return references;
    }

    @Override
    public boolean release() {
      return release(1);
    }

    @Override
    public boolean release(int decrement) {
      if (decrement < 1 || decrement > references) {
        throw new IllegalStateException(
            "a buffer with " + references + " references was released by " + decrement);
      }
      references -= decrement;
      if (references > 0) {
        return false;
      }
      out -= size;
      if (large == null) {
        free[bits].add(address);
      } else {
        large.close();
      }
      return true;
    }

    @Override
    public void retain() {
      retain(1);
    }

    @Override
    public void retain(int increment) {
      if (increment < 1 || references == 0) {
        throw new IllegalStateException(
            "a buffer with " + references + " references was retained by " + increment);
      }
      references += increment;
    }

    /** The same memory for whoever asks: all of them share this one's account. */
    @Override
    public ArrowBuf retain(ArrowBuf buffer, BufferAllocator target) {
      retain(1);
      return deriveBuffer(buffer, 0, buffer.capacity());
    }

    @Override
    public ArrowBuf deriveBuffer(ArrowBuf buffer, long index, long length) {
      return new ArrowBuf(this, null, length, buffer.memoryAddress() + index);
    }

    @Override
    public OwnershipTransferResult transferOwnership(ArrowBuf buffer, BufferAllocator target) {
      ArrowBuf moved = retain(buffer, target);
      return new OwnershipTransferResult() {
        @Override
        public boolean getAllocationFit() {
          return true;
        }

        @Override
        public ArrowBuf getTransferredBuffer() {
          return moved;
        }
      };
    }

    @Override
    public BufferAllocator getAllocator() {
      return SmallMemory.this;
    }

    @Override
    public long getSize() {
      return size;
    }

    @Override
    public long getAccountedSize() {
      return size;
    }
  }
}
