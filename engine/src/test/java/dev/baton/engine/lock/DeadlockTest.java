package dev.baton.engine.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class DeadlockTest {
  private final Locks locks = new LockPolicy.PerObject().open();
  private final List<DeadlockException> found = new ArrayList<>();
  private int finished;

  /** Each of the threads takes one lock, and when all have one, that of the next. */
  private void circle(List<ObjectLock> guards) throws InterruptedException {
    CyclicBarrier allHaveOne = new CyclicBarrier(guards.size());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < guards.size(); i++) {
      ObjectLock mine = guards.get(i);
      ObjectLock next = guards.get((i + 1) % guards.size());
      threads.add(new Thread(() -> takeBoth(mine, next, allHaveOne), "thread-" + i));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void takeBoth(ObjectLock mine, ObjectLock next, CyclicBarrier allHaveOne) {
    WorkerLock worker = locks.worker();
    mine.lock(worker);
    try {
      allHaveOne.await();
      next.lock(worker);
      next.unlock();
      synchronized (this) {
        finished++;
      }
    } catch (DeadlockException e) {
      synchronized (this) {
        found.add(e);
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      mine.unlock();
    }
  }

  /** Often, for threads that close the circle at the same moment both see it. */
  @RepeatedTest(500)
  void two_objects_in_opposite_order_are_found_and_all_threads_go_on() throws Exception {
    circle(List.of(locks.object("counts"), locks.object("totals")));
    assertEquals(1, found.size());
    assertEquals(1, finished);
    String message = found.get(0).getMessage();
    assertTrue(message.startsWith("deadlock: thread-"), message);
    assertTrue(message.contains("thread-0 waits for 'totals', which thread-1 has"), message);
    assertTrue(message.contains("thread-1 waits for 'counts', which thread-0 has"), message);
    assertTrue(
        message.contains(
            "; take 'counts' before 'totals' in every thread, or take both at once by"
                + " CriticalSections"),
        message);
    assertTrue(message.contains("thread-0 stands at\n    " + getClass().getName()), message);
    assertTrue(message.contains("thread-1 stands at\n    " + getClass().getName()), message);
    assertTrue(message.contains("takeBoth(DeadlockTest.java:"), message);
  }

  @Test
  void a_circle_of_three_is_found() throws Exception {
    circle(List.of(locks.object("a"), locks.object("b"), locks.object("c")));
    assertEquals(1, found.size());
    assertEquals(2, finished);
    String message = found.get(0).getMessage();
    assertTrue(message.contains("take 'a' before 'b' before 'c' in every thread"), message);
  }

  @Test
  void waiting_in_one_order_is_no_deadlock() throws Exception {
    ObjectLock first = locks.object("first");
    ObjectLock second = locks.object("second");
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      WorkerLock worker = locks.worker();
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  first.lock(worker);
                  second.lock(worker);
                  finished++;
                  second.unlock();
                  first.unlock();
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(30_000, finished);
  }
}
