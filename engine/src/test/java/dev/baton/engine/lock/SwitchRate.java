package dev.baton.engine.lock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * An experiment, not a test: CPU-bound threads under one global lock, beside CPython's figures (2
 * to 4 threads run at 0.95-1.05x of one; about 400 switches a second with 2 threads, 900 with 4).
 *
 * <pre>
 * mvn -q -B -Pquick -pl engine test-compile
 * mvn -q -B -pl engine dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp engine/target/test-classes:engine/target/classes:$(cat engine/target/classpath) \
 *   dev.baton.engine.lock.SwitchRate [seconds] [interval in microseconds]
 * </pre>
 */
final class SwitchRate {
  private SwitchRate() {}

  public static void main(String[] args) throws InterruptedException {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 3;
    Duration interval =
        args.length > 1
            ? Duration.ofNanos(1_000 * Long.parseLong(args[1]))
            : LockPolicy.DEFAULT_SWITCH_INTERVAL;
    run(1, seconds / 3, interval);
    System.out.println(" (warm-up)");
    double one = 0;
    for (int threads : new int[] {1, 2, 4, 1, 2, 4}) {
      double rate = run(threads, seconds, interval);
      if (threads == 1) {
        one = rate;
      }
      System.out.printf(Locale.ROOT, ", %.2fx of one thread%n", rate / one);
    }
  }

  /** Returns units of work a second. */
  private static double run(int threads, double seconds, Duration interval)
      throws InterruptedException {
    Locks locks = new LockPolicy.Global(interval).open();
    List<WorkerLock> workers = new ArrayList<>();
    List<Thread> running = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    long[] done = new long[threads];
    long[] end = new long[1];
    for (int t = 0; t < threads; t++) {
      WorkerLock worker = locks.worker();
      workers.add(worker);
      int me = t;
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  return;
                }
                worker.acquire();
                long units = 0;
                long x = me;
                while (System.nanoTime() < end[0]) {
                  for (int i = 0; i < 1_000; i++) { // about a microsecond
                    x = x * 6364136223846793005L + 1442695040888963407L;
                  }
                  units++;
                  worker.checkpoint();
                }
                done[me] = x == 42 ? 0 : units;
                worker.release();
              });
      running.add(thread);
      thread.start();
    }
    long begin = System.nanoTime();
    end[0] = begin + (long) (seconds * 1e9);
    start.countDown();
    for (Thread thread : running) {
      thread.join();
    }
    double took = (System.nanoTime() - begin) / 1e9;
    long units = 0;
    long switches = 0;
    double waited = 0;
    for (int t = 0; t < threads; t++) {
      units += done[t];
      switches += workers.get(t).switches();
      waited += workers.get(t).waitNanos() / 1e9;
    }
    System.out.printf(
        Locale.ROOT,
        "%d threads: %.0f switches/s, waited %.0f %% of the time, %.0f units/s",
        threads,
        switches / took,
        100 * waited / (took * threads),
        units / took);
    return units / took;
  }
}
