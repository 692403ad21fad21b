package dev.baton.engine.request;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** With room for one, everybody gets it in the end and never two at once. */
@JCStressTest
@Outcome(id = "3, 1, 0", expect = ACCEPTABLE, desc = "All ran, one at a time.")
@Outcome(expect = FORBIDDEN, desc = "Two at once, or one forgotten.")
@State
public class InFlightRaces {
  private final InFlight limit = new InFlight(1);
  private int ran;
  private int most;
  private int inside;

  private void ask() {
    limit.acquire(
        () -> {
          inside++;
          ran++;
          most = Math.max(most, inside);
          inside--;
          limit.release();
        });
  }

  @Actor
  public void first() {
    ask();
    ask();
  }

  @Actor
  public void second() {
    ask();
  }

  @Arbiter
  public void total(III_Result r) {
    r.r1 = ran;
    r.r2 = most;
    r.r3 = limit.pending();
  }
}
