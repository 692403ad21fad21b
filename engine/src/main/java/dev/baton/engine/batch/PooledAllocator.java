package dev.baton.engine.batch;

import org.apache.arrow.memory.RootAllocator;

/**
 * Memory of which buffers of 4 KiB to 16 MiB are kept when they are released, for the next ones of
 * their size: the first touch of memory fresh from the system costs more than most of what is done
 * with it.
 *
 * <p>It never takes more from the system than was in use at once: a buffer for which there is no
 * idle one makes others be given back first. Nor is more idle than the limit of the allocator, or
 * any of its parents, leaves, so a run with a limit stays within it; nor more than {@link
 * #MOST_IDLE}. Closing gives all of it back, and fails as usual if a buffer is in use.
 */
public final class PooledAllocator extends RootAllocator {
  /** The most memory that is kept for later, in bytes: 1 GiB. */
  public static final long MOST_IDLE = 1L << 30;

  private final BufferPool pool;

  public PooledAllocator() {
    this(MOST_IDLE);
  }

  PooledAllocator(long mostIdle) {
    this(new BufferPool(mostIdle));
  }

  private PooledAllocator(BufferPool pool) {
    super(configBuilder().allocationManagerFactory(pool).build());
    this.pool = pool;
    pool.open(this);
  }

  /** Bytes that are kept for later and not in use. */
  public long idleBytes() {
    return pool.idleBytes();
  }

  @Override
  public synchronized void close() {
    try {
      super.close();
    } finally {
      pool.close();
    }
  }
}
