package dev.baton.ipc.transport;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Every credit is said once, whoever says it, though nobody waits for the writer. */
public class CreditsRaces {
  /** Those who give slots back, and the lock under which messages are written. */
  public abstract static class Connection {
    final ReentrantLock lock = new ReentrantLock();
    final Credits credits = new Credits(lock, this::write);
    long written;
    long once = 1;

    /** Plain fields, since the lock guards them. */
    private void write(long slots) {
      once = (written & slots) == 0 ? once : 0;
      written |= slots;
    }

    void add(int slot) {
      try {
        credits.add(slot);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @JCStressTest
  @Outcome(id = "15, 1", expect = ACCEPTABLE, desc = "All four, each once.")
  @Outcome(expect = FORBIDDEN, desc = "A credit left behind, or said twice.")
  @State
  public static class TwoGiveBack extends Connection {
    @Actor
    public void first() {
      add(0);
      add(1);
    }

    @Actor
    public void second() {
      add(2);
      add(3);
    }

    @Arbiter
    public void total(JJ_Result r) {
      r.r1 = written;
      r.r2 = once;
    }
  }

  @JCStressTest
  @Outcome(id = "7, 1", expect = ACCEPTABLE, desc = "All three, each once.")
  @Outcome(expect = FORBIDDEN, desc = "A credit left behind, or said twice.")
  @State
  public static class OneIsBusyWriting extends Connection {
    @Actor
    public void givesBack() {
      add(0);
      add(1);
    }

    /** A message, whose payload gives a slot back while it is written. */
    @Actor
    public void message() {
      try {
        lock.lock();
        try {
          add(2);
        } finally {
          lock.unlock();
          credits.flush();
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Arbiter
    public void total(JJ_Result r) {
      r.r1 = written;
      r.r2 = once;
    }
  }
}
