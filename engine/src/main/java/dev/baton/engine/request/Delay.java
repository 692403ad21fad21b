package dev.baton.engine.request;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How time passes between two attempts; a test can have it pass at once. */
interface Delay {
  /** Lets time pass on this thread. */
  void sleep(Duration time) throws InterruptedException;

  /** Runs {@code action} after that time, on some thread. */
  void after(Duration time, Runnable action);

  /** By the clock of the system. */
  Delay SYSTEM =
      new Delay() {
        @Override
        public void sleep(Duration time) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(time.toNanos());
        }

        @Override
        public void after(Duration time, Runnable action) {
          CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
              .execute(action);
        }
      };
}
