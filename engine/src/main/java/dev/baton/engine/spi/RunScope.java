package dev.baton.engine.spi;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunCancelledException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.lock.Locks;
import dev.baton.engine.metrics.RunClocks;
import dev.baton.engine.metrics.TimeLedger.Role;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.util.AutoCloseables;

/** What all workers of one run have in common. Thread-safe. */
public final class RunScope implements AutoCloseable {
  private final RunOptions options;
  private final MemoryShares memory;
  private final BufferAllocator allocator;
  private final Locks locks;
  private final RunClocks clocks;
  private final List<WorkerScope> workers = new ArrayList<>();
  private final List<Runnable> cancelHooks = new ArrayList<>();
  private final RemoteCounters remote = new RemoteCounters();
  private final LeftOut leftOut = new LeftOut();
  private final ProgressCounter progress = new ProgressCounter();
  private final WorkerScope consumer;
  private volatile boolean cancelled;

  public RunScope(RunOptions options, BufferAllocator allocator, RunClocks clocks) {
    this.options = options;
    this.memory = MemoryShares.of(options);
    this.allocator = allocator;
    this.clocks = clocks;
    this.locks = options.lock().open();
    this.consumer = worker("caller", Role.CALLER);
  }

  /**
   * The scope of the thread that takes the results, which is also the only worker of inline mode.
   */
  public WorkerScope consumer() {
    return consumer;
  }

  public RunOptions options() {
    return options;
  }

  /** Who may take how much memory. */
  public MemoryShares memory() {
    return memory;
  }

  public BufferAllocator allocator() {
    return allocator;
  }

  public Locks locks() {
    return locks;
  }

  /** The clocks of all workers, which know where the time goes. */
  public RunClocks clocks() {
    return clocks;
  }

  /** Makes the scope of one more worker, with an allocator of its own. */
  public WorkerScope worker(String name) {
    boolean lane = options.mode() instanceof ExecutionMode.Processes;
    return worker(name, lane ? Role.LANE : Role.THREAD);
  }

  private synchronized WorkerScope worker(String name, Role role) {
    WorkerScope worker = new WorkerScope(this, name, role);
    workers.add(worker);
    return worker;
  }

  public boolean cancelled() {
    return cancelled;
  }

  /** Makes every worker stop at its next checkpoint and every wait of the run end. */
  public void cancel() {
    List<Runnable> hooks;
    synchronized (this) {
      cancelled = true;
      hooks = List.copyOf(cancelHooks);
    }
    hooks.forEach(Runnable::run);
  }

  /** Runs {@code hook} when the run is cancelled, or now if it already was. */
  public void onCancel(Runnable hook) {
    boolean now;
    synchronized (this) {
      cancelHooks.add(hook);
      now = cancelled;
    }
    if (now) {
      hook.run();
    }
  }

  /** Forgets a hook. */
  public synchronized void removeOnCancel(Runnable hook) {
    cancelHooks.remove(hook);
  }

  /** Throws when the run was cancelled. */
  public void checkCancelled() {
    if (cancelled) {
      throw new RunCancelledException();
    }
  }

  /** What the run takes in other processes. */
  public RemoteCounters remote() {
    return remote;
  }

  /** What the run goes on without. */
  public LeftOut leftOut() {
    return leftOut;
  }

  /** How far the run has come; to be updated by the thread that takes the results only. */
  public ProgressCounter progress() {
    return progress;
  }

  /** Time that all workers together have waited for locks so far. */
  public synchronized long lockWaitNanos() {
    return workers.stream().mapToLong(worker -> worker.lock().waitNanos()).sum()
        + remote.lockWaitNanos();
  }

  public synchronized long switches() {
    return workers.stream().mapToLong(worker -> worker.lock().switches()).sum() + remote.switches();
  }

  /** Closes the allocators of all workers, which fails if a worker has leaked memory. */
  @Override
  public synchronized void close() {
    try {
      AutoCloseables.close(workers);
    } catch (Exception e) {
      throw PipelineException.wrap(e);
    }
  }
}
