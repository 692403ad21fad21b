package dev.baton.cli.lab;

import dev.baton.cli.compare.Medians;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.lock.Locks;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** How much two cores are worth at the moment, for a virtual machine may have to share them. */
final class Capacity {
  private Capacity() {}

  /** What two bare threads do by what one does, the median of the rounds. */
  static double measure(Bench bench) throws InterruptedException {
    work(bench, 1);
    double[] ratios = new double[bench.rounds()];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] = work(bench, 2) / work(bench, 1);
    }
    return Medians.of(ratios);
  }

  /** Work that so many threads do in a fifth of a slice. */
  private static double work(Bench bench, int threads) throws InterruptedException {
    AtomicLong done = new AtomicLong();
    Locks locks = new LockPolicy.None().open();
    CountDownLatch ready = new CountDownLatch(threads);
    Crew.run(
        threads,
        number -> {
          ready.countDown();
          ready.await();
          long end = bench.now() + bench.slice().toNanos() / 5;
          done.addAndGet(Toil.under(locks.worker(), () -> bench.now() - end < 0));
        });
    return done.get();
  }
}
