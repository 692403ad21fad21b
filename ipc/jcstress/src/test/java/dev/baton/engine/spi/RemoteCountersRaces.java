package dev.baton.engine.spi;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * Of two who look at the memory at once, one may be left out, since it saw what was true a moment
 * ago; what is noted is a figure that one of them had, and never one lower than before.
 */
@JCStressTest
@Outcome(
    id = {"200", "300"},
    expect = ACCEPTABLE,
    desc = "The greatest of those who asked.")
@Outcome(expect = FORBIDDEN, desc = "Nobody's figure, or a lower one than before.")
@State
public class RemoteCountersRaces {
  private final RemoteCounters counters = new RemoteCounters();

  public RemoteCountersRaces() {
    counters.memory(10, () -> 100);
  }

  @Actor
  public void smaller() {
    counters.memory(20, () -> 200);
  }

  @Actor
  public void larger() {
    counters.memory(30, () -> 300);
  }

  @Arbiter
  public void peak(J_Result r) {
    r.r1 = counters.peakMemoryBytes();
  }
}
