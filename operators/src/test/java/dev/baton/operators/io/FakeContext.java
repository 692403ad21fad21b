package dev.baton.operators.io;

import dev.baton.engine.operator.KernelContext;
import java.util.concurrent.Callable;
import org.apache.arrow.memory.BufferAllocator;

/** A worker without an engine: counts what it is asked for and locks nothing. */
public final class FakeContext implements KernelContext {
  private final BufferAllocator allocator;
  public int checkpoints;
  public int blockingCalls;

  public FakeContext(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  @Override
  public BufferAllocator allocator() {
    return allocator;
  }

  @Override
  public void checkpoint() {
    checkpoints++;
  }

  @Override
  public <T> T blocking(Callable<T> action) throws Exception {
    blockingCalls++;
    return action.call();
  }
}
