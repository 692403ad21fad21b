package dev.baton.engine.spi;

import dev.baton.engine.lock.WorkerLock;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Nature;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.apache.arrow.memory.BufferAllocator;

/**
 * One worker of a run: its memory, its side of the lock, its place to be cancelled. Confined to the
 * worker's thread.
 */
public final class WorkerScope implements KernelContext, AutoCloseable {
  private final RunScope run;
  private final BufferAllocator allocator;
  private final WorkerLock lock;
  private IntConsumer stageListener = stage -> {};
  private boolean holding;

  WorkerScope(RunScope run, String name) {
    this.run = run;
    this.allocator = run.allocator().newChildAllocator(name, 0, Long.MAX_VALUE);
    this.lock = run.locks().worker();
  }

  public RunScope run() {
    return run;
  }

  public WorkerLock lock() {
    return lock;
  }

  @Override
  public BufferAllocator allocator() {
    return allocator;
  }

  /** Has {@code listener} told each stage that is about to run, by its number; 0 is the source. */
  public void onStage(IntConsumer listener) {
    stageListener = listener;
  }

  /** Says that a stage is about to run. */
  public void enterStage(int stage) {
    stageListener.accept(stage);
  }

  /** Starts to hold the global lock, if there is one. */
  public void acquire() {
    lock.acquire();
    holding = true;
  }

  /** Gives the global lock up. */
  public void release() {
    holding = false;
    lock.release();
  }

  @Override
  public void checkpoint() {
    run.checkCancelled();
    if (holding) {
      lock.checkpoint();
    }
  }

  @Override
  public <T> T blocking(Callable<T> action) throws Exception {
    if (!holding) {
      return action.call();
    }
    release();
    try {
      return action.call();
    } finally {
      acquire();
    }
  }

  /** Starts work of that nature, without the lock where the policy says so; pass on to leave. */
  public boolean enter(Nature nature) {
    boolean released = lock.enter(nature);
    if (released) {
      holding = false;
    }
    return released;
  }

  /** Ends the work started by {@link #enter}. */
  public void leave(boolean released) {
    lock.leave(released);
    if (released) {
      holding = true;
    }
  }

  @Override
  public void close() {
    allocator.close();
  }
}
