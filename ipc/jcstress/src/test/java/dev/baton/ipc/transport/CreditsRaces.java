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
@JCStressTest
@Outcome(id = "7, 1", expect = ACCEPTABLE, desc = "All three, each once.")
@Outcome(expect = FORBIDDEN, desc = "A credit left behind, or said twice.")
@State
public class CreditsRaces {
  private final ReentrantLock lock = new ReentrantLock();
  private final Credits credits = new Credits(lock, this::write);
  private long written;
  private long once = 1;

  /** Plain fields, since the lock guards them. */
  private void write(long slots) {
    once = (written & slots) == 0 ? once : 0;
    written |= slots;
  }

  @Actor
  public void first() {
    try {
      credits.add(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Actor
  public void second() {
    try {
      credits.add(1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A message, whose payload gives a slot back while it is written. */
  @Actor
  public void message() {
    try {
      lock.lock();
      try {
        credits.add(2);
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
