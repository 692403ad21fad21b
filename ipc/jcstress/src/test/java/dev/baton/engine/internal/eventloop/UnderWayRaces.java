package dev.baton.engine.internal.eventloop;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.baton.engine.spi.Pending;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** An answer that arrives on another thread is whole when the loop goes on with it. */
@JCStressTest
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "Not there yet.")
@Outcome(id = "42", expect = ACCEPTABLE, desc = "There, and whole.")
@Outcome(expect = FORBIDDEN, desc = "Gone on without the answer.")
@State
public class UnderWayRaces {
  private final Waiting pending = new Waiting();
  private final UnderWay<AutoCloseable> entry = UnderWay.of(pending, () -> {});

  @Actor
  public void answer() {
    pending.answer = 42;
    pending.action.run();
  }

  @Actor
  public void loop(I_Result r) {
    entry.resume(Pending.NOWHERE);
    r.r1 = pending.resumedWith;
  }

  private static final class Waiting implements Pending<AutoCloseable> {
    private int answer;
    private int resumedWith = -1;
    private Runnable action;

    @Override
    public int waitsIn() {
      return resumedWith < 0 ? 1 : NOWHERE;
    }

    @Override
    public void whenReady(Runnable next) {
      action = next;
    }

    @Override
    public void resume() {
      resumedWith = answer;
    }

    @Override
    public AutoCloseable take() {
      return null;
    }

    @Override
    public void close() {}
  }
}
