package dev.baton.engine.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InFlightTest {
  @Test
  void startsNoMoreThanTheLimitAndTheRestInOrder() {
    InFlight requests = new InFlight(2);
    List<Integer> started = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      requests.acquire(() -> started.add(number));
    }
    assertEquals(List.of(0, 1), started);
    assertEquals(5, requests.pending());
    requests.release();
    assertEquals(List.of(0, 1, 2), started);
    requests.release();
    requests.release();
    assertEquals(List.of(0, 1, 2, 3, 4), started);
    requests.release();
    requests.release();
    assertEquals(0, requests.pending());
  }

  @Test
  void zeroIsNoLimit() {
    InFlight requests = new InFlight(0);
    AtomicInteger started = new AtomicInteger();
    for (int i = 0; i < 1000; i++) {
      requests.acquire(started::incrementAndGet);
    }
    assertEquals(1000, started.get());
  }

  @Test
  void actionsThatReleaseAtOnceDoNotNest() {
    InFlight requests = new InFlight(1);
    requests.acquire(() -> {});
    AtomicInteger done = new AtomicInteger();
    for (int i = 0; i < 100_000; i++) {
      requests.acquire(
          () -> {
            done.incrementAndGet();
            requests.release();
          });
    }
    requests.release();
    assertEquals(100_000, done.get());
  }

  @Test
  void neverMoreThanTheLimitFromManyThreads() throws Exception {
    InFlight requests = new InFlight(3);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 2000; i++) {
                    requests.acquire();
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    now.decrementAndGet();
                    requests.release();
                  }
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, requests.pending());
    assertEquals(true, most.get() <= 3, "at most 3 but saw " + most.get());
  }

  @Test
  void anInterruptedWaitTakesNoRoom() throws Exception {
    InFlight requests = new InFlight(1);
    requests.acquire();
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread waiter =
        new Thread(
            () -> {
              assertThrows(InterruptedException.class, requests::acquire);
              interrupted.countDown();
            });
    waiter.start();
    waiter.interrupt();
    interrupted.await();
    assertEquals(1, requests.pending());
    requests.release();
    assertEquals(0, requests.pending());
    requests.acquire();
  }
}
