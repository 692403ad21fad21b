package dev.baton.engine.lock;

import dev.baton.engine.lock.DeadlockException.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who waits for which object's lock. A thread says what it is about to wait for and then looks
 * whether the one who has it waits, over any number of others, for what the thread itself has. The
 * last one to join a circle sees all the others in it, so every deadlock is found as it comes
 * about, by a thread that is in it.
 */
final class WaitGraph {
  private final Map<Thread, Guard> waiting = new ConcurrentHashMap<>();

  /**
   * Says that this thread is about to wait.
   *
   * @throws DeadlockException when it would wait for ever; then it waits no more
   */
  void waits(Guard wanted) {
    Thread self = Thread.currentThread();
    waiting.put(self, wanted);
    List<Party> circle = circle(self, wanted);
    if (!circle.isEmpty()) {
      breakUp(self, wanted, circle);
    }
  }

  /**
   * Two threads that close a circle together both see it. One at a time looks again: the first one
   * leaves the circle, so the other finds none, and while the first one notes where all of them
   * stand, none of them moves.
   */
  private synchronized void breakUp(Thread self, Guard wanted, List<Party> seen) {
    // Seen while threads move on, a circle may be none. In a real one nobody moves: it looks the
    // same again.
    if (seen.equals(circle(self, wanted))) {
      waiting.remove(self);
      throw new DeadlockException(seen);
    }
  }

  void waitsNoMore() {
    waiting.remove(Thread.currentThread());
  }

  /** The threads from this one on, each waiting for what the next one has; empty if no circle. */
  private List<Party> circle(Thread self, Guard wanted) {
    List<Party> circle = new ArrayList<>();
    Thread thread = self;
    Guard lock = wanted;
    while (lock != null && circle.size() <= waiting.size()) {
      Thread owner = lock.owner();
      if (owner == null) {
        break;
      }
      circle.add(new Party(thread, lock, owner));
      if (owner == self) {
        return circle;
      }
      thread = owner;
      lock = waiting.get(owner);
    }
    return List.of();
  }
}
