package dev.baton.engine.spi;

import dev.baton.engine.lock.WorkerLock;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.TimeLedger.Role;
import dev.baton.engine.metrics.Work;
import dev.baton.engine.metrics.WorkerClock;
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
  private final String name;
  private final BufferAllocator allocator;
  private final WorkerLock lock;
  private final WorkerClock clock;
  private IntConsumer stageListener = stage -> {};
  private boolean holding;

  WorkerScope(RunScope run, String name, Role role) {
    this.run = run;
    this.name = name;
    this.allocator = run.allocator().newChildAllocator(name, 0, Long.MAX_VALUE);
    this.lock = run.locks().worker();
    this.clock = run.clocks().worker(name, role, lock::waitNanos);
  }

  public RunScope run() {
    return run;
  }

  /** Of its own in the run. */
  public String name() {
    return name;
  }

  public WorkerLock lock() {
    return lock;
  }

  /** Where its time goes; stages are entered through {@link #enterStage}. */
  public WorkerClock clock() {
    return clock;
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
    clock.enter(stage);
    stageListener.accept(stage);
  }

  /** Says that work outside of stages goes on. */
  public void leaveStage() {
    clock.enter(Work.ENGINE);
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
    return waiting(Account.IO, action);
  }

  /** Runs an action that waits, without the global lock, and charges the time to an account. */
  public <T> T waiting(Account account, Callable<T> action) throws Exception {
    boolean held = holding;
    if (held) {
      release();
    }
    int before = clock.account(account);
    try {
      return action.call();
    } finally {
      clock.back(before);
      if (held) {
        acquire();
      }
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
