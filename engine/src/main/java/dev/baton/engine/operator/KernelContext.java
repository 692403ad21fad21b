package dev.baton.engine.operator;

import java.util.concurrent.Callable;
import org.apache.arrow.memory.BufferAllocator;

/** What a worker offers to the code it runs. Confined to that worker's thread. */
public interface KernelContext {
  /** The worker's own allocator; everything allocated from it must be put in a batch or closed. */
  BufferAllocator allocator();

  /**
   * A point where the worker may be cancelled and where it hands a contended global lock over.
   * Cheap (two volatile reads) when there is nothing to do. Call it inside any loop that can last
   * longer than about a millisecond, between two consistent states.
   */
  void checkpoint();

  /** Runs an action that waits for the outside world, without holding the global lock meanwhile. */
  <T> T blocking(Callable<T> action) throws Exception;
}
