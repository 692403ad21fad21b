package dev.baton.engine.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.lock.Stepper.Actor;
import dev.baton.engine.lock.Stepper.State;
import dev.baton.engine.operator.Nature;
import org.junit.jupiter.api.Test;

class GlobalLockProtocolTest {
  private static final long INTERVAL = 5_000_000;

  private final Stepper stepper = new Stepper();
  private final GlobalLock lock = new GlobalLock(stepper, INTERVAL);
  private final GlobalWorker first = new GlobalWorker(lock, true);
  private final GlobalWorker second = new GlobalWorker(lock, true);
  private final GlobalWorker third = new GlobalWorker(lock, true);

  /** Takes the lock, passes checkpoints for ever; pauses before each. */
  private Actor busy(String name, GlobalWorker worker) {
    return stepper.actor(
        name,
        self -> {
          worker.acquire();
          while (true) {
            self.pause();
            worker.checkpoint();
          }
        });
  }

  private Actor once(String name, GlobalWorker worker) {
    return stepper.actor(
        name,
        self -> {
          worker.acquire();
          self.pause();
          worker.release();
        });
  }

  @Test
  void a_waiter_asks_for_the_lock_only_after_a_whole_interval_without_a_switch() {
    Actor a = busy("a", first);
    Actor b = busy("b", second);
    a.run();
    assertEquals(State.WAITS_FREE, b.run());
    assertFalse(lock.dropRequested());
    b.timeOut();
    assertEquals(State.WAITS_FREE, b.run());
    assertTrue(lock.dropRequested());
  }

  @Test
  void a_holder_hands_over_at_a_checkpoint_and_waits_until_the_lock_was_taken() {
    Actor a = busy("a", first);
    Actor b = busy("b", second);
    a.run();
    b.run();
    b.timeOut();
    b.run();
    assertEquals(State.WAITS_SWITCH, a.run());
    assertFalse(a.canRun());
    assertEquals(State.READY, b.run());
    assertEquals(1, second.switches());
    assertEquals(0, first.switches());
    assertEquals(State.WAITS_FREE, a.run());
    assertFalse(lock.dropRequested());
  }

  @Test
  void a_checkpoint_without_a_request_keeps_the_lock() {
    Actor a = busy("a", first);
    Actor b = busy("b", second);
    a.run();
    b.run();
    assertEquals(State.READY, a.run());
    assertEquals(State.READY, a.run());
    assertEquals(State.WAITS_FREE, b.state());
    assertEquals(0, second.switches());
  }

  @Test
  void no_drop_is_requested_when_a_switch_happened_during_the_wait() {
    Actor a = once("a", first);
    Actor b = busy("b", second);
    Actor c = busy("c", third);
    a.run();
    b.run();
    c.run();
    a.run(); // releases, which wakes b
    assertEquals(State.DONE, a.state());
    assertEquals(State.READY, b.run());
    c.timeOut();
    assertEquals(State.WAITS_FREE, c.run());
    assertFalse(lock.dropRequested());
    c.timeOut();
    c.run();
    assertTrue(lock.dropRequested());
  }

  @Test
  void no_drop_is_requested_when_the_lock_is_free_again_as_the_wait_times_out() {
    Actor a = once("a", first);
    Actor b = busy("b", second);
    a.run();
    b.run();
    b.timeOut();
    a.run();
    assertEquals(State.READY, b.run());
    assertFalse(lock.dropRequested());
    assertEquals(1, second.switches());
  }

  @Test
  void a_voluntary_release_forces_no_switch_so_the_holder_may_barge_back() {
    Actor a =
        stepper.actor(
            "a",
            self -> {
              first.acquire();
              self.pause();
              first.release();
              first.acquire();
              self.pause();
            });
    Actor b = busy("b", second);
    a.run();
    b.run();
    assertEquals(State.READY, a.run()); // released and took it again before b ran
    assertEquals(0, first.switches());
    assertEquals(State.WAITS_FREE, b.run());
    assertEquals(0, second.switches());
    assertTrue(lock.locked());
  }

  @Test
  void a_newcomer_may_overtake_the_waiter_that_was_woken() {
    Actor a = once("a", first);
    Actor b = busy("b", second);
    Actor c = busy("c", third);
    a.run();
    b.run();
    a.run();
    assertEquals(State.READY, c.run());
    assertEquals(State.WAITS_FREE, b.run());
    assertEquals(1, third.switches());
  }

  @Test
  void a_release_wakes_one_waiter_only() {
    Actor a = once("a", first);
    Actor b = busy("b", second);
    Actor c = busy("c", third);
    a.run();
    b.run();
    c.run();
    a.run();
    assertEquals(State.WANTS_MUTEX, b.state());
    assertEquals(State.WAITS_FREE, c.state());
  }

  @Test
  void whoever_has_waited_in_vain_keeps_its_place_before_those_who_came_later() {
    Actor a = busy("a", first);
    Actor b = busy("b", second);
    Actor c = busy("c", third);
    a.run();
    b.run();
    c.run();
    b.timeOut();
    assertEquals(State.WAITS_FREE, b.run()); // asks for the lock and waits again
    assertEquals(State.WAITS_SWITCH, a.run());
    assertEquals(State.WANTS_MUTEX, b.state());
    assertEquals(State.WAITS_FREE, c.state());
  }

  @Test
  void whoever_was_woken_too_late_keeps_its_place() {
    Actor a = once("a", first);
    Actor b = busy("b", second);
    Actor c = once("c", third);
    Actor d = once("d", new GlobalWorker(lock, true));
    a.run();
    b.run();
    d.run();
    a.run(); // wakes b
    assertEquals(State.READY, c.run()); // but c is quicker
    assertEquals(State.WAITS_FREE, b.run());
    c.run();
    assertEquals(State.WANTS_MUTEX, b.state());
    assertEquals(State.WAITS_FREE, d.state());
  }

  @Test
  void a_server_waits_an_interval_for_each_of_the_threads_that_compute() {
    Actor a = busy("a", first);
    Actor b = busy("b", second);
    Actor server = once("server", third);
    a.run();
    b.run(); // a has the lock, b waits for it
    server.run();
    b.timeOut();
    server.timeOut();
    b.run();
    server.run();
    assertEquals(State.WAITS_SWITCH, a.run()); // an interval is over
    assertEquals(State.READY, b.run());
    assertEquals(State.WAITS_FREE, a.run()); // behind the server now
    server.timeOut();
    server.run();
    assertFalse(lock.dropRequested()); // for there was a switch
    a.timeOut();
    a.run();
    assertEquals(State.WAITS_SWITCH, b.run()); // the second one is
    assertEquals(State.READY, server.run());
    assertEquals(1, third.switches());
  }

  @Test
  void a_release_under_a_pending_request_waits_for_the_switch_as_in_cpython() {
    Actor a = once("a", first);
    Actor b = busy("b", second);
    a.run();
    b.run();
    b.timeOut();
    b.run();
    assertEquals(State.WAITS_SWITCH, a.run());
    b.run();
    assertEquals(State.DONE, a.run());
  }

  @Test
  void the_request_is_cleared_by_whoever_takes_the_lock() {
    Actor a = once("a", first);
    Actor b = busy("b", second);
    Actor c = busy("c", third);
    a.run();
    b.run();
    b.timeOut();
    b.run();
    a.run();
    assertEquals(State.READY, c.run());
    assertFalse(lock.dropRequested());
    assertEquals(State.READY, c.run()); // a checkpoint with nothing to do
    assertEquals(State.DONE, a.run()); // c took it, so the forced switch has happened
  }

  @Test
  void the_wait_is_counted_by_the_monitors_clock() {
    Actor a = once("a", first);
    Actor b = busy("b", second);
    a.run();
    b.run();
    stepper.advance(INTERVAL);
    b.timeOut();
    b.run();
    stepper.advance(7);
    a.run();
    stepper.advance(3);
    b.run();
    assertEquals(INTERVAL + 10, second.waitNanos());
    a.run();
    assertEquals(3, first.waitNanos());
  }

  @Test
  void a_columnar_stage_runs_outside_the_lock_and_takes_it_back() {
    Actor a =
        stepper.actor(
            "a",
            self -> {
              first.acquire();
              boolean released = first.enter(Nature.COLUMNAR);
              self.pause();
              first.checkpoint(); // holds nothing, so gives nothing up
              first.release(); // waits inside the kernel
              first.acquire();
              self.pause();
              first.leave(released);
              self.pause();
            });
    Actor b = busy("b", second);
    a.run();
    assertFalse(lock.locked());
    assertEquals(State.READY, b.run());
    assertEquals(State.READY, a.run());
    assertEquals(State.WAITS_FREE, a.run());
    a.timeOut();
    a.run();
    assertEquals(State.WAITS_SWITCH, b.run());
    assertEquals(State.READY, a.run());
    assertEquals(1, first.switches());
  }
}
