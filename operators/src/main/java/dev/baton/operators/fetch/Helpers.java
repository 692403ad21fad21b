package dev.baton.operators.fetch;

import dev.baton.engine.request.InFlight;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that wait, so that others need not. They are started when first needed. */
final class Helpers implements AutoCloseable {
  /** Lets the time for an answer run; a test has it run out when it likes. */
  @FunctionalInterface
  interface Patience {
    void begin(CompletableFuture<?> answer, Duration timeout);
  }

  private final ThreadPoolExecutor threads;
  private final InFlight room;
  private final boolean replaced;
  private final Patience patience;

  /**
   * @param most how many work at once
   * @param replaced whether a thread whose answer is not waited for any longer is replaced, since
   *     it may never come back; else the next question waits for it
   */
  Helpers(String name, int most, boolean replaced) {
    this(name, most, replaced, Helpers::begin);
  }

  Helpers(String name, int most, boolean replaced, Patience patience) {
    this.room = new InFlight(most);
    this.replaced = replaced;
    this.patience = patience;
    threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            },
            // Once they are closed nobody waits for an answer.
            new ThreadPoolExecutor.DiscardPolicy());
  }

  private static void begin(CompletableFuture<?> answer, Duration timeout) {
    var unused = answer.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Does it when there is room; only then its time runs. */
  <T> CompletableFuture<T> call(Callable<T> action, Duration timeout) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    room.acquire(() -> threads.execute(() -> work(answer, action, timeout)));
    return answer;
  }

  private <T> void work(CompletableFuture<T> answer, Callable<T> action, Duration timeout) {
    if (replaced) {
      var unused = answer.whenComplete((value, failure) -> room.release());
    }
    try {
      if (!answer.isDone()) {
        patience.begin(answer, timeout);
        answer.complete(action.call());
      }
    } catch (Throwable e) {
      answer.completeExceptionally(e);
    } finally {
      if (!replaced) {
        room.release();
      }
    }
  }

  /** Interrupts what is under way, and does not wait for it: it may never end. */
  void leave() {
    threads.shutdownNow();
  }

  /** Interrupts what is under way and waits for the threads to be gone. */
  @Override
  public void close() {
    threads.shutdownNow();
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
