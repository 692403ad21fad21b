package dev.baton.engine.lock;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What the lock of an object promises to its plain fields. */
public class ObjectLockRaces {
  /** One object and its lock. */
  public abstract static class Guarded {
    final Locks locks = new LockPolicy.PerObject().open();
    final ObjectLock lock = locks.object("x and y");
    final WorkerLock first = locks.worker();
    final WorkerLock second = locks.worker();
    int x;
    int y;
  }

  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "Nothing is lost.")
  @Outcome(expect = FORBIDDEN, desc = "A lost update.")
  @State
  public static class TwoThreadsCount extends Guarded {
    private void count(WorkerLock worker) {
      lock.lock(worker);
      x++;
      lock.unlock();
    }

    @Actor
    public void first() {
      count(first);
    }

    @Actor
    public void second() {
      count(second);
    }

    @Arbiter
    public void total(I_Result r) {
      r.r1 = x;
    }
  }

  @JCStressTest
  @Outcome(
      id = {"0, 0", "1, 1"},
      expect = ACCEPTABLE,
      desc = "Written together.")
  @Outcome(expect = FORBIDDEN, desc = "Seen half written.")
  @State
  public static class PairsAreWhole extends Guarded {
    @Actor
    public void writer() {
      lock.lock(first);
      x = 1;
      y = 1;
      lock.unlock();
    }

    @Actor
    public void reader(II_Result r) {
      lock.lock(second);
      r.r1 = x;
      r.r2 = y;
      lock.unlock();
    }
  }

  /** Each has one object and wants the other's: one of them is told, and the other goes on. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "They did not meet.")
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One found the deadlock.")
  @Outcome(expect = FORBIDDEN, desc = "Both gave up.")
  @State
  public static class OneFindsTheDeadlock extends Guarded {
    final ObjectLock other = locks.object("the other");

    private static int both(WorkerLock worker, ObjectLock outer, ObjectLock inner) {
      outer.lock(worker);
      try {
        inner.lock(worker);
        inner.unlock();
        return 0;
      } catch (DeadlockException e) {
        return 1;
      } finally {
        outer.unlock();
      }
    }

    @Actor
    public void first(II_Result r) {
      r.r1 = both(first, lock, other);
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = both(second, other, lock);
    }
  }
}
