package dev.baton.engine.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.operator.Nature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockPolicyTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 50_000;

  private long counter;

  private static void inParallel(List<Thread> threads) throws InterruptedException {
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void every_id_is_parsed_to_the_policy_that_has_it() {
    for (String id : LockPolicy.IDS) {
      assertEquals(id, LockPolicy.parse(id).id());
    }
    Duration interval = Duration.ofMillis(1);
    assertEquals(new LockPolicy.Global(interval), LockPolicy.parse("global", interval));
    assertEquals(new LockPolicy.Global(), LockPolicy.parse("global"));
    assertEquals(
        new LockPolicy.GlobalReleased(interval), LockPolicy.parse("global-released", interval));
  }

  @Test
  void an_unknown_id_names_the_nearest() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> LockPolicy.parse("perobject"));
    assertEquals("unknown lock policy 'perobject', did you mean 'per-object'?", e.getMessage());
  }

  @Test
  void a_switch_interval_must_be_positive() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> LockPolicy.parse("global", Duration.ZERO));
    assertEquals("switch interval must be positive but was PT0S", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"global", "global-released"})
  void a_plain_counter_loses_no_update_under_a_global_lock(String id) throws Exception {
    Locks locks = LockPolicy.parse(id, Duration.ofNanos(1_000)).open();
    counter = 0;
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      WorkerLock worker = locks.worker();
      threads.add(
          new Thread(
              () -> {
                worker.acquire();
                for (int i = 0; i < ROUNDS; i++) {
                  counter += 1;
                  worker.checkpoint();
                  if (i % 7 == 0) {
                    worker.leave(worker.enter(Nature.COLUMNAR));
                  } else if (i % 11 == 0) {
                    worker.release();
                    worker.acquire();
                  }
                }
                worker.release();
              }));
    }
    inParallel(threads);
    assertEquals((long) THREADS * ROUNDS, counter);
  }

  @Test
  void a_plain_counter_loses_no_update_under_its_own_lock() throws Exception {
    Locks locks = new LockPolicy.PerObject().open();
    ObjectLock guard = locks.object("it");
    counter = 0;
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      WorkerLock worker = locks.worker();
      threads.add(
          new Thread(
              () -> {
                worker.acquire();
                for (int i = 0; i < ROUNDS; i++) {
                  guard.lock(worker);
                  try {
                    counter += 1;
                  } finally {
                    guard.unlock();
                  }
                }
                worker.release();
              }));
    }
    inParallel(threads);
    assertEquals((long) THREADS * ROUNDS, counter);
  }

  @Test
  void waiting_for_an_object_is_charged_to_the_worker_that_waits() throws Exception {
    Locks locks = new LockPolicy.PerObject().open();
    ObjectLock guard = locks.object("it");
    WorkerLock holder = locks.worker();
    WorkerLock waiter = locks.worker();
    guard.lock(holder);
    Thread thread =
        new Thread(
            () -> {
              guard.lock(waiter);
              guard.unlock();
            });
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    guard.unlock();
    thread.join();
    assertTrue(waiter.waitNanos() > 0);
    assertEquals(0, holder.waitNanos());
  }

  @Test
  void two_busy_workers_take_turns_by_forced_switches() throws Exception {
    Locks locks = new LockPolicy.Global(Duration.ofNanos(50_000)).open();
    List<WorkerLock> workers = List.of(locks.worker(), locks.worker());
    CyclicBarrier start = new CyclicBarrier(2);
    List<Thread> threads = new ArrayList<>();
    for (WorkerLock worker : workers) {
      threads.add(
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
                worker.acquire();
                // The end is only reached if the lock really changes hands; nobody blocks.
                while (workers.get(0).switches() + workers.get(1).switches() < 20) {
                  worker.checkpoint();
                }
                worker.release();
              }));
    }
    inParallel(threads);
    assertTrue(workers.get(0).switches() > 1);
    assertTrue(workers.get(1).switches() > 1);
    assertTrue(workers.get(0).waitNanos() > 0);
  }

  @Test
  void an_interrupted_worker_still_gets_the_lock_and_stays_interrupted() throws Exception {
    Locks locks = new LockPolicy.Global(Duration.ofMillis(1)).open();
    WorkerLock holder = locks.worker();
    WorkerLock waiter = locks.worker();
    holder.acquire();
    CountDownLatch begun = new CountDownLatch(1);
    boolean[] flag = new boolean[1];
    Thread thread =
        new Thread(
            () -> {
              begun.countDown();
              waiter.acquire();
              counter++;
              flag[0] = Thread.currentThread().isInterrupted();
              waiter.release();
            });
    thread.start();
    begun.await();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    while (waiter.switches() == 0) {
      holder.checkpoint();
    }
    holder.release();
    thread.join();
    assertTrue(flag[0]);
    assertEquals(1, counter);
  }

  @Test
  void releasing_or_acquiring_out_of_turn_is_refused() {
    for (String id : List.of("global", "global-released")) {
      WorkerLock worker = LockPolicy.parse(id).open().worker();
      assertThrows(IllegalStateException.class, worker::release);
      assertThrows(IllegalStateException.class, () -> worker.enter(Nature.COLUMNAR));
      worker.acquire();
      assertThrows(IllegalStateException.class, worker::acquire);
      assertThrows(IllegalStateException.class, () -> worker.leave(true));
      worker.release();
      assertThrows(IllegalStateException.class, worker::release);
    }
  }

  @Test
  void only_global_released_lets_columnar_stages_out_and_nothing_lets_others_out() {
    for (String id : LockPolicy.IDS) {
      WorkerLock worker = LockPolicy.parse(id).open().worker();
      worker.acquire();
      for (Nature nature : Nature.values()) {
        boolean released = worker.enter(nature);
        assertEquals(id.equals("global-released") && nature == Nature.COLUMNAR, released);
        worker.checkpoint();
        worker.leave(released);
      }
      worker.release();
      assertEquals(0, worker.switches());
      assertEquals(0, worker.waitNanos());
    }
  }

  @Test
  void only_none_shares_nothing() {
    for (String id : LockPolicy.IDS) {
      assertEquals(!id.equals("none"), LockPolicy.parse(id).open().shared());
    }
    Locks locks = new LockPolicy.None().open();
    locks.object("it").lock(locks.worker());
    locks.object("it").unlock();
    assertFalse(locks.shared());
  }
}
