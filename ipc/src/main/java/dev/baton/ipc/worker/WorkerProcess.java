package dev.baton.ipc.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A running worker process, as its parent sees it. Its standard input is a pipe that stays open and
 * empty while the parent lives: its end tells the worker to go. Safe for use by many threads.
 */
public final class WorkerProcess implements AutoCloseable {
  // The last output of a process comes with its end or not at all, unless a child of it lives on.
  private static final long OUTPUT_MILLIS = 200;

  private final int number;
  private final Process process;
  private final long startedNanos;
  private final OutputTail tail = new OutputTail();
  private final CompletableFuture<Duration> ready = new CompletableFuture<>();
  private final CompletableFuture<WorkerExit> exit;

  WorkerProcess(int number, Process process, long startedNanos, Consumer<String> output) {
    this.number = number;
    this.process = process;
    this.startedNanos = startedNanos;
    String name = "baton-worker-" + number + "-output";
    String prefix = this + ": ";
    CompletableFuture<Void> printed =
        new OutputReader(process.getInputStream(), tail, line -> output.accept(prefix + line))
            .start(name);
    this.exit =
        process
            .onExit()
            .thenCompose(
                ended ->
                    printed
                        .copy()
                        .completeOnTimeout(null, OUTPUT_MILLIS, TimeUnit.MILLISECONDS)
                        .thenApply(x -> new WorkerExit(ended.exitValue(), tail.lines())))
            .whenComplete((end, e) -> failIfNotReady(end));
  }

  private void failIfNotReady(WorkerExit end) {
    ready.completeExceptionally(
        new WorkerException(this + " ended before it was ready: it " + end.describe()));
  }

  /** Its number, counted from 0 in the order of starts; a replacement has a number of its own. */
  public int number() {
    return number;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with how it ended, milliseconds after it did. */
  public CompletableFuture<WorkerExit> exit() {
    return exit.copy();
  }

  /** To be called when the worker has said that it takes work. */
  public void markReady() {
    ready.complete(Duration.ofNanos(System.nanoTime() - startedNanos));
  }

  /**
   * Completes with the time from its start to {@link #markReady}, or with a {@link WorkerException}
   * when it ends before.
   */
  public CompletableFuture<Duration> ready() {
    return ready.copy();
  }

  /** Processor time it has used so far; empty once it has ended. */
  public Optional<Duration> cpuTime() {
    return process.info().totalCpuDuration();
  }

  /** Its proportional share of memory now, in bytes; see {@link ProcessMemory#pss}. */
  public long memoryBytes() {
    return ProcessMemory.pss(pid());
  }

  /** Ends it at once, whatever it does. */
  public void kill() {
    process.toHandle().destroyForcibly(); // Process itself would close the pipes, too
  }

  /**
   * Asks it to end, shutdown hooks included, and ends it by force when it takes longer than {@code
   * patience}. Returns when it has ended. A worker that the protocol has told to end is only waited
   * for.
   */
  public WorkerExit stop(Duration patience) {
    // By its handle: Process itself would close the pipes, and their end is no polite request.
    process.toHandle().destroy();
    return await(patience);
  }

  /** Waits for its end, and ends it by force when it takes longer than {@code patience}. */
  public WorkerExit await(Duration patience) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (true) {
        try {
          return exit.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
          kill();
        } catch (TimeoutException e) {
          kill();
          deadline = Long.MAX_VALUE;
          return exit.join();
        } catch (ExecutionException e) {
          throw new IllegalStateException(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Kills it and waits for its end. */
  @Override
  public void close() {
    kill();
    exit.join();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The pipe of a dead process.
    }
  }

  @Override
  public String toString() {
    return "worker " + number + " (pid " + pid() + ")";
  }
}
