package dev.baton.cli.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Threads that start together and have all ended when {@link #run} returns. */
final class Crew {
  private Crew() {}

  /** What one of them does. */
  @FunctionalInterface
  interface Job {
    void run(int number) throws Exception;
  }

  /** Runs a job on so many threads, numbered from 0. */
  static void run(int threads, Job job) throws InterruptedException {
    List<FutureTask<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      FutureTask<Void> task =
          new FutureTask<>(
              () -> {
                job.run(number);
                return null;
              });
      tasks.add(task);
      new Thread(task, "lab-" + number).start();
    }
    ExecutionException failure = null;
    for (FutureTask<Void> task : tasks) {
      try {
        task.get();
      } catch (ExecutionException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw new IllegalStateException("a thread of the experiment failed", failure.getCause());
    }
  }
}
