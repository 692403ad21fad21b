package dev.baton.engine.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.lock.Turns.Actor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Runs the code of critical sections through every order of steps of a few short threads: nobody
 * waits for ever, and whoever is in an innermost section holds what it began with.
 */
class SectionsScheduleTest {
  /** One execution along a list of choices. */
  private static final class Run {
    final Turns turns = new Turns();
    final Turns.Lock a = turns.lock("a", 1);
    final Turns.Lock b = turns.lock("b", 2);
    final Turns.Lock c = turns.lock("c", 3);
    int entries;

    CriticalSections sections() {
      return new CriticalSections(new NoLocks.Worker());
    }

    /** What only the holder of these may do. */
    void inside(Turns.Lock... held) {
      for (Turns.Lock lock : held) {
        assertTrue(turns.current().holds(lock));
      }
      turns.pause();
      for (Turns.Lock lock : held) {
        assertTrue(turns.current().holds(lock), "let go meanwhile");
      }
      entries++;
    }

    List<Actor> choices() {
      List<Actor> choices = turns.actors().stream().filter(Actor::canRun).toList();
      if (choices.isEmpty()) {
        assertTrue(turns.actors().stream().allMatch(Actor::done), "stuck: " + key());
      }
      return choices;
    }

    String key() {
      return turns.actors().stream().map(Actor::history).toList().toString();
    }
  }

  private interface Work {
    void run(Run run, CriticalSections sections);
  }

  /** Explores every schedule; returns how many were run. */
  private static int explore(int entries, Work... threads) {
    Set<String> seen = new HashSet<>();
    List<int[]> path = new ArrayList<>(); // chosen, of how many
    int schedules = 0;
    do {
      Run run = new Run();
      for (Work work : threads) {
        run.turns.actor(() -> work.run(run, run.sections()));
      }
      schedules++;
      boolean known = false;
      for (int depth = 0; ; depth++) {
        List<Actor> choices = run.choices();
        if (choices.isEmpty()) {
          break;
        }
        if (depth == path.size()) {
          known = known || !seen.add(run.key());
          path.add(new int[] {0, known ? 1 : choices.size()});
        }
        choices.get(path.get(depth)[0]).step();
      }
      assertEquals(entries, run.entries);
      while (!path.isEmpty() && path.get(path.size() - 1)[0] + 1 == path.get(path.size() - 1)[1]) {
        path.remove(path.size() - 1);
      }
      if (!path.isEmpty()) {
        path.get(path.size() - 1)[0]++;
      }
    } while (!path.isEmpty());
    return schedules;
  }

  private static void nested(Run run, CriticalSections sections, Turns.Lock... order) {
    for (Turns.Lock lock : order) {
      sections.begin(lock);
      run.inside(lock);
    }
    for (int i = order.length; i > 0; i--) {
      run.inside(order[i - 1]);
      sections.end();
    }
  }

  @Test
  void sections_nested_in_opposite_order_never_wait_for_ever() {
    int schedules =
        explore(
            8,
            (run, sections) -> nested(run, sections, run.a, run.b),
            (run, sections) -> nested(run, sections, run.b, run.a));
    assertTrue(schedules > 50, "explored only " + schedules);
  }

  @Test
  void two_objects_at_once_are_held_together_in_whatever_order_they_are_given() {
    int schedules =
        explore(
            2,
            (run, sections) -> both(run, sections, run.a, run.b),
            (run, sections) -> both(run, sections, run.b, run.a));
    assertTrue(schedules > 10, "explored only " + schedules);
  }

  private static void both(Run run, CriticalSections sections, Turns.Lock one, Turns.Lock other) {
    sections.begin(one, other);
    run.inside(one, other);
    sections.end();
  }

  @Test
  void a_pair_inside_a_section_lets_its_object_go_while_it_waits() {
    explore(
        4,
        (run, sections) -> {
          sections.begin(run.c);
          run.inside(run.c);
          both(run, sections, run.a, run.b);
          run.inside(run.c);
          sections.end();
        },
        (run, sections) -> both(run, sections, run.c, run.b));
  }

  @Test
  void three_threads_in_a_circle_never_wait_for_ever() {
    explore(
        6,
        (run, sections) -> shortNest(run, sections, run.a, run.b),
        (run, sections) -> shortNest(run, sections, run.b, run.c),
        (run, sections) -> shortNest(run, sections, run.c, run.a));
  }

  private static void shortNest(
      Run run, CriticalSections sections, Turns.Lock outer, Turns.Lock inner) {
    sections.begin(outer);
    run.entries++;
    sections.begin(inner);
    assertTrue(run.turns.current().holds(inner));
    run.entries++;
    sections.end();
    assertTrue(run.turns.current().holds(outer), "resumed without its object");
    sections.end();
  }

  @Test
  void an_object_taken_twice_is_held_until_it_was_let_go_twice() {
    explore(
        5,
        (run, sections) -> nested(run, sections, run.a, run.a),
        (run, sections) -> both(run, sections, run.a, run.a));
  }

  @Test
  void ending_what_has_not_begun_is_refused() {
    CriticalSections sections = new CriticalSections(new NoLocks.Worker());
    Exception e = assertThrows(IllegalStateException.class, sections::end);
    assertEquals("no section has begun; begin() one first", e.getMessage());
  }
}
