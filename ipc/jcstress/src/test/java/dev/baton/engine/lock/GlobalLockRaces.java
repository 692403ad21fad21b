package dev.baton.engine.lock;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.baton.engine.operator.Nature;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What the global lock promises to plain fields, on real processors. */
public class GlobalLockRaces {
  /** Short, so that forced switches happen too. */
  private static final Duration INTERVAL = Duration.ofNanos(1_000);

  /** The workers of one lock. */
  public abstract static class Workers {
    final Locks locks = new LockPolicy.GlobalReleased(INTERVAL).open();
    final WorkerLock first = locks.worker();
    final WorkerLock second = locks.worker();
    int x;
    int y;
  }

  @JCStressTest
  @Outcome(id = "4", expect = ACCEPTABLE, desc = "Nothing is lost.")
  @Outcome(expect = FORBIDDEN, desc = "A lost update.")
  @State
  public static class TwoThreadsCount extends Workers {
    private void count(WorkerLock worker) {
      for (int i = 0; i < 2; i++) {
        worker.acquire();
        x++;
        worker.release();
      }
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
      id = {"0, 0", "1, 1", "2, 2"},
      expect = ACCEPTABLE,
      desc = "Written together.")
  @Outcome(expect = FORBIDDEN, desc = "Seen in the middle of a critical stretch.")
  @State
  public static class CheckpointsSeparateStretches extends Workers {
    @Actor
    public void writer() {
      first.acquire();
      x = 1;
      y = 1;
      first.checkpoint();
      x = 2;
      y = 2;
      first.release();
    }

    @Actor
    public void reader(II_Result r) {
      second.acquire();
      r.r1 = x;
      r.r2 = y;
      second.release();
    }
  }

  @JCStressTest
  @Outcome(id = "4", expect = ACCEPTABLE, desc = "Nothing is lost.")
  @Outcome(expect = FORBIDDEN, desc = "A lost update.")
  @State
  public static class KernelsRunOutside extends Workers {
    private void count(WorkerLock worker) {
      worker.acquire();
      x++;
      worker.leave(worker.enter(Nature.COLUMNAR));
      x++;
      worker.checkpoint();
      worker.release();
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

  /** The lock is held while the second waits a whole interval, so a drop is requested. */
  @JCStressTest
  @Outcome(id = "1, 2, 2", expect = ACCEPTABLE, desc = "The first came first.")
  @Outcome(id = "2, 1, 2", expect = ACCEPTABLE, desc = "The second came first.")
  @Outcome(expect = FORBIDDEN, desc = "Two at once.")
  @State
  public static class ForcedSwitches extends Workers {
    private int hold(WorkerLock worker) {
      worker.acquire();
      long end = System.nanoTime() + 3 * INTERVAL.toNanos();
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      x++;
      int seen = x;
      worker.checkpoint();
      worker.release();
      return seen;
    }

    @Actor
    public void first(III_Result r) {
      r.r1 = hold(first);
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = hold(second);
    }

    @Arbiter
    public void total(III_Result r) {
      r.r3 = x;
    }
  }
}
