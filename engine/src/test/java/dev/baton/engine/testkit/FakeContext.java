package dev.baton.engine.testkit;

import dev.baton.engine.operator.KernelContext;
import java.util.concurrent.Callable;
import org.apache.arrow.memory.BufferAllocator;

/** A worker that is never cancelled and has no lock; counts what kernels ask of it. */
public final class FakeContext implements KernelContext {
  private final BufferAllocator allocator;
  private int checkpoints;
  private int blocked;

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
    blocked++;
    return action.call();
  }

  /** How often a kernel called {@link #checkpoint}. */
  public int checkpoints() {
    return checkpoints;
  }

  /** How often a kernel waited for the outside world. */
  public int blocked() {
    return blocked;
  }
}
