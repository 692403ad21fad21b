package dev.baton.engine.internal.threads;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunCancelledException;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.Work;
import dev.baton.engine.source.Split;
import dev.baton.engine.spi.Execution;
import dev.baton.engine.spi.Job;
import dev.baton.engine.spi.RunScope;
import dev.baton.engine.spi.Task;
import dev.baton.engine.spi.WorkerScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The consumer publishes splits into the ring while there is room, workers claim them by sequence,
 * and the consumer takes the results in order. What it has consumed gates the ring, which is the
 * back-pressure: never more than a ring of splits is under way.
 *
 * <p>A failed split is found by the consumer in its turn, so the failure reported is that of the
 * first split that failed, whichever worker was faster.
 */
public final class ThreadsExecution<R extends AutoCloseable> implements Execution<R> {
  /** How many results may wait for each slot of the ring, in whichever slot they are. */
  private static final int RESULTS_A_SLOT = 4;

  private final Job<R> job;
  private final RunScope scope;
  private final RingBuffer<Slot<R>> ring;
  private final SequenceBarrier published;
  private final Claims claims = new Claims();
  private final Sequence consumed = new Sequence();
  private final MemoryGate memory;
  private final List<Thread> threads = new ArrayList<>();
  private final Runnable onCancel = this::interrupt;
  private Iterator<? extends Split> splits;
  private boolean allFound;
  private boolean complete;

  /** Starts the workers. */
  public ThreadsExecution(Job<R> job, RunScope scope) {
    this.job = job;
    this.scope = scope;
    memory = new MemoryGate(scope, () -> consumed.get() + 1);
    int slots = scope.options().ringSlots();
    AtomicInteger waiting = new AtomicInteger();
    ring =
        RingBuffer.createSingleProducer(
            () -> new Slot<>(waiting, RESULTS_A_SLOT * slots), slots, new BlockingWaitStrategy());
    ring.addGatingSequences(consumed);
    published = ring.newBarrier();
    for (int i = 0; i < scope.options().mode().workers(); i++) {
      String name = "worker-" + i;
      WorkerScope worker = scope.worker(name);
      Thread thread = new Thread(() -> work(worker), "baton-" + name);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    scope.onCancel(onCancel);
  }

  // ---- the consumer ----

  @Override
  public R next() {
    while (true) {
      scope.checkCancelled();
      memory.wake();
      publish();
      long head = consumed.get() + 1;
      if (head > ring.getCursor()) {
        complete = true;
        return null;
      }
      Slot<R> slot = ring.get(head);
      R result = take(slot);
      if (result != null) {
        return result;
      }
      if (slot.failure() != null) {
        scope.checkCancelled(); // then its failure is only that it was interrupted
        throw PipelineException.wrap(slot.failure());
      }
      scope.progress().splitDone(slot.split().bytes());
      memory.done(slot.split());
      slot.clear();
      consumed.set(head);
    }
  }

  /** Fills the ring with splits; finding them counts as work under the lock. */
  private void publish() {
    // Half a ring at a time: every look costs a hand-over when there is a global lock.
    if (allFound || ring.remainingCapacity() < (ring.getBufferSize() + 1) / 2 || !mayFindMore()) {
      return;
    }
    scope.consumer().acquire();
    int before = scope.consumer().clock().enter(Work.DECODE);
    try {
      if (splits == null) {
        splits = job.splits();
      }
      while (ring.hasAvailableCapacity(1) && mayFindMore() && splits.hasNext()) {
        Split split = splits.next();
        memory.found(split);
        long sequence = ring.next();
        ring.get(sequence).load(split);
        ring.publish(sequence);
      }
      allFound = mayFindMore() && !splits.hasNext();
    } catch (Exception e) {
      throw PipelineException.wrap(e);
    } finally {
      scope.consumer().clock().back(before);
      scope.consumer().release();
    }
  }

  /** One at least, so that the run goes on whatever it holds. */
  private boolean mayFindMore() {
    return memory.hasRoomForSplits() || consumed.get() == ring.getCursor();
  }

  private R take(Slot<R> slot) {
    int before = scope.consumer().clock().account(Account.STARVED);
    try {
      return slot.take(scope);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunCancelledException();
    } finally {
      scope.consumer().clock().back(before);
    }
  }

  // ---- the workers ----

  private void work(WorkerScope worker) {
    int idle = worker.clock().enter(Work.ENGINE);
    worker.acquire();
    // Splits that are this worker's, the next one first.
    Deque<Long> claimed = new ArrayDeque<>();
    MemoryGate.Side side = memory.new Side(worker);
    try (WorkerTask<R> task = new WorkerTask<>(job, worker)) {
      claimed.add(claims.next());
      while (await(claimed.element(), worker)) {
        long sequence = claimed.remove();
        Slot<R> slot = ring.get(sequence);
        try {
          run(task, slot, sequence, claimed, worker, side);
        } catch (Throwable e) {
          slot.fail(e);
          return;
        }
        if (claimed.isEmpty()) {
          claimed.add(claims.next());
        }
      }
    } finally {
      worker.release();
      worker.clock().back(idle);
    }
  }

  private void run(
      WorkerTask<R> open,
      Slot<R> slot,
      long sequence,
      Deque<Long> claimed,
      WorkerScope worker,
      MemoryGate.Side side)
      throws Exception {
    R result;
    side.enter(sequence, slot);
    try {
      Task<R> task = open.get();
      task.start(slot.split(), sequence);
      lookAhead(task, claimed);
      result = task.next();
    } finally {
      side.leave();
    }
    while (result != null) {
      slot.put(result, worker);
      side.enter(sequence, slot);
      try {
        lookAhead(open.get(), claimed);
        result = open.get().next();
      } finally {
        side.leave();
      }
    }
    slot.finish();
  }

  /** Claims splits early, but none that is not there yet: another worker may be free sooner. */
  private void lookAhead(Task<R> task, Deque<Long> claimed) throws Exception {
    while (claimed.size() < task.looksAhead()) {
      long next = claims.early(ring.getCursor());
      if (next == Claims.NONE) {
        return;
      }
      claimed.add(next);
      task.prepare(ring.get(next).split(), next);
    }
  }

  /** Waits until that split is published; false when there will be none. */
  private boolean await(long sequence, WorkerScope worker) {
    if (ring.getCursor() >= sequence) {
      return !scope.cancelled();
    }
    worker.release();
    int before = worker.clock().account(Account.STARVED);
    try {
      published.waitFor(sequence);
      return true;
    } catch (AlertException | InterruptedException | TimeoutException e) {
      return false;
    } finally {
      worker.clock().back(before);
      worker.acquire();
    }
  }

  // ---- the end ----

  /** Ends all waits, those for input and output too. */
  private void interrupt() {
    published.alert();
    memory.wake();
    for (long i = 0; i < ring.getBufferSize(); i++) {
      ring.get(i).wake();
    }
    threads.forEach(Thread::interrupt);
  }

  @Override
  public void close() {
    if (!complete) {
      scope.cancel();
    }
    scope.removeOnCancel(onCancel);
    published.alert();
    join();
    for (long i = 0; i < ring.getBufferSize(); i++) {
      Slot<R> slot = ring.get(i);
      for (R left = slot.drain(); left != null; left = slot.drain()) {
        close(left);
      }
    }
  }

  private void join() {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(AutoCloseable result) {
    try {
      result.close();
    } catch (Exception e) {
      throw PipelineException.wrap(e);
    }
  }
}
