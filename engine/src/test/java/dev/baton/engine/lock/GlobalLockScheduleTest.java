package dev.baton.engine.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.lock.Stepper.Actor;
import dev.baton.engine.lock.Stepper.State;
import dev.baton.engine.operator.Nature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs the lock's own code through every order of steps of a few short threads, with up to one or
 * two time-outs each. A state seen before is not explored again.
 */
class GlobalLockScheduleTest {
  private interface Work {
    void run(GlobalWorker worker, Run run, Actor self);
  }

  /** One execution along a list of choices. */
  private static final class Run {
    final Stepper stepper = new Stepper();
    final GlobalLock lock = new GlobalLock(stepper, 1);
    final List<GlobalWorker> workers = new ArrayList<>();
    final long[] seenSwitches;
    final int timeOuts;
    int inside;
    int entries;

    Run(int threads, int timeOuts, Work work) {
      this.timeOuts = timeOuts;
      seenSwitches = new long[threads];
      for (int i = 0; i < threads; i++) {
        GlobalWorker worker = new GlobalWorker(lock, true);
        workers.add(worker);
        stepper.actor("t" + i, self -> work.run(worker, this, self));
      }
    }

    /** A stretch of code that must be alone. */
    void critical(Actor self) {
      inside++;
      entries++;
      assertEquals(1, inside, "threads inside at once");
      assertTrue(lock.locked());
      self.pause();
      assertEquals(1, inside, "threads inside at once");
      inside--;
    }

    List<Runnable> choices() {
      List<Runnable> choices = new ArrayList<>();
      for (Actor actor : stepper.actors()) {
        if (actor.canRun()) {
          choices.add(() -> step(actor));
        }
      }
      if (choices.isEmpty()) {
        // A holder never waits, so threads that only a time-out could help missed a wake-up.
        for (Actor actor : stepper.actors()) {
          assertEquals(State.DONE, actor.state(), "stuck: " + key());
        }
      }
      for (Actor actor : stepper.actors()) {
        if (actor.state() == State.WAITS_FREE && actor.timeOuts < timeOuts) {
          choices.add(actor::timeOut);
        }
      }
      return choices;
    }

    private void step(Actor actor) {
      actor.step();
      if (!lock.locked() && !lock.waiting().isEmpty()) {
        // Whoever has waited longest is on its way to a free lock, whatever the others do.
        int first = workers.indexOf(lock.waiting().get(0));
        assertNotEquals(State.WAITS_FREE, stepper.actors().get(first).state(), "asleep: " + key());
      }
      // What the thread has just remembered in order to notice a switch during its wait.
      seenSwitches[stepper.actors().indexOf(actor)] = lock.switchNumber();
    }

    /** Everything that the rest of the run depends on. */
    String key() {
      StringBuilder key = new StringBuilder();
      key.append(lock.locked()).append(lock.dropRequested());
      for (int i = 0; i < workers.size(); i++) {
        Actor actor = stepper.actors().get(i);
        key.append('|').append(actor.position());
        key.append(seenSwitches[i] == lock.switchNumber());
        key.append(lock.lastHolder() == workers.get(i));
        key.append(lock.waiting().indexOf(workers.get(i)));
      }
      return key.toString();
    }
  }

  /** Explores every schedule; returns how many were run. */
  private static int explore(int threads, int entries, int timeOuts, Work work) {
    Set<String> seen = new HashSet<>();
    List<int[]> path = new ArrayList<>(); // chosen, of how many
    int schedules = 0;
    do {
      Run run = new Run(threads, timeOuts, work);
      schedules++;
      boolean known = false;
      for (int depth = 0; ; depth++) {
        List<Runnable> choices = run.choices();
        if (choices.isEmpty()) {
          break;
        }
        if (depth == path.size()) {
          known = known || !seen.add(run.key());
          path.add(new int[] {0, known ? 1 : choices.size()});
        }
        choices.get(path.get(depth)[0]).run();
      }
      assertEquals(entries, run.entries);
      assertFalse(run.lock.locked());
      while (!path.isEmpty() && path.get(path.size() - 1)[0] + 1 == path.get(path.size() - 1)[1]) {
        path.remove(path.size() - 1);
      }
      if (!path.isEmpty()) {
        path.get(path.size() - 1)[0]++;
      }
    } while (!path.isEmpty());
    return schedules;
  }

  @Test
  void three_threads_with_a_checkpoint_exclude_each_other_and_always_finish() {
    int schedules = explore(3, 3, 1, GlobalLockScheduleTest::oneCheckpoint);
    assertTrue(schedules > 100, "explored only " + schedules);
  }

  @Test
  void two_threads_with_several_checkpoints_exclude_each_other_and_always_finish() {
    int schedules =
        explore(
            2,
            8,
            2,
            (worker, run, self) -> {
              worker.acquire();
              for (int i = 0; i < 4; i++) {
                run.critical(self);
                worker.checkpoint();
              }
              worker.release();
            });
    assertTrue(schedules > 100, "explored only " + schedules);
  }

  @Test
  void two_threads_that_leave_the_lock_for_kernels_exclude_each_other_and_always_finish() {
    int schedules = explore(2, 4, 2, GlobalLockScheduleTest::oneKernel);
    assertTrue(schedules > 100, "explored only " + schedules);
  }

  @Test
  void two_threads_that_wait_for_something_else_in_between_exclude_each_other_and_always_finish() {
    int schedules = explore(2, 6, 2, GlobalLockScheduleTest::waitingTwice);
    assertTrue(schedules > 100, "explored only " + schedules);
  }

  @Test
  void a_checkpoint_that_finds_a_request_always_lets_another_thread_in() {
    int schedules =
        explore(
            2,
            6,
            2,
            (worker, run, self) -> {
              worker.acquire();
              for (int i = 0; i < 3; i++) {
                run.critical(self);
                boolean requested = run.lock.dropRequested();
                long before = run.lock.switchNumber();
                worker.checkpoint();
                // To the other thread and back.
                assertTrue(!requested || run.lock.switchNumber() >= before + 2);
              }
              worker.release();
            });
    assertTrue(schedules > 100, "explored only " + schedules);
  }

  @Test
  @Tag("stress")
  void a_thread_that_computes_one_that_waits_and_one_in_kernels_get_along() {
    int schedules =
        explore(
            3,
            4,
            1,
            (worker, run, self) -> {
              int number = run.workers.indexOf(worker);
              if (number == 0) {
                oneCheckpoint(worker, run, self);
              } else if (number == 1) {
                oneKernel(worker, run, self);
              } else {
                // Waits inside a kernel, where there is nothing to give up.
                worker.acquire();
                boolean released = worker.enter(Nature.COLUMNAR);
                worker.release();
                worker.acquire();
                worker.leave(released);
                run.critical(self);
                worker.release();
              }
            });
    assertTrue(schedules > 100, "explored only " + schedules);
  }

  @Test
  @Tag("stress")
  void three_threads_with_more_time_outs_exclude_each_other_and_always_finish() {
    explore(3, 3, 2, GlobalLockScheduleTest::oneCheckpoint);
    explore(3, 6, 2, GlobalLockScheduleTest::oneKernel);
  }

  private static void oneCheckpoint(GlobalWorker worker, Run run, Actor self) {
    worker.acquire();
    run.critical(self);
    worker.checkpoint();
    worker.release();
  }

  private static void waitingTwice(GlobalWorker worker, Run run, Actor self) {
    worker.acquire();
    for (int i = 0; i < 2; i++) {
      run.critical(self);
      worker.release();
      worker.acquire();
    }
    run.critical(self);
    worker.release();
  }

  private static void oneKernel(GlobalWorker worker, Run run, Actor self) {
    worker.acquire();
    run.critical(self);
    boolean released = worker.enter(Nature.COLUMNAR);
    worker.leave(released);
    run.critical(self);
    worker.release();
  }
}
