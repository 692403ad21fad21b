package dev.baton.engine.internal.score;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** What a scorer holds is let go once, and never under a call. */
@JCStressTest
@Outcome(id = "-1, -1, 1", expect = ACCEPTABLE, desc = "Closed before both.")
@Outcome(
    id = {"0, -1, 1", "0, 0, 1"},
    expect = ACCEPTABLE,
    desc = "Some were in.")
@Outcome(expect = FORBIDDEN, desc = "Let go under a call, twice, or never.")
@State
public class GateRaces {
  private int released;
  private final Gate gate = new Gate(() -> released++);

  private int call() {
    if (!gate.enter()) {
      return -1;
    }
    int seen = released;
    gate.leave();
    return seen;
  }

  @Actor
  public void calls(III_Result r) {
    r.r1 = call();
    r.r2 = call();
  }

  @Actor
  public void close() {
    gate.close();
    gate.close();
  }

  @Arbiter
  public void total(III_Result r) {
    r.r3 = released;
  }
}
