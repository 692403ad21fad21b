package dev.baton.engine.internal.threads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Each split goes to one worker, and none is left out. */
public class ClaimsRaces {
  @JCStressTest
  @Outcome(
      id = {"0, 1, 2", "1, 0, 2"},
      expect = ACCEPTABLE,
      desc = "One each.")
  @Outcome(expect = FORBIDDEN, desc = "A split twice, or never.")
  @State
  public static class TwoInTurn {
    private final Claims claims = new Claims();

    @Actor
    public void first(JJJ_Result r) {
      r.r1 = claims.next();
    }

    @Actor
    public void second(JJJ_Result r) {
      r.r2 = claims.next();
    }

    @Arbiter
    public void after(JJJ_Result r) {
      r.r3 = claims.next();
    }
  }

  @JCStressTest
  @Outcome(
      id = {"0, -1", "1, 0"},
      expect = ACCEPTABLE,
      desc = "Early only what is there.")
  @Outcome(expect = FORBIDDEN, desc = "A split twice, or one that is not there.")
  @State
  public static class OneEarly {
    private final Claims claims = new Claims();

    @Actor
    public void inTurn(JJ_Result r) {
      r.r1 = claims.next();
    }

    @Actor
    public void early(JJ_Result r) {
      r.r2 = claims.early(0);
    }
  }

  @JCStressTest
  @Outcome(
      id = {"0, 1, 2", "1, 0, 2"},
      expect = ACCEPTABLE,
      desc = "One each.")
  @Outcome(expect = FORBIDDEN, desc = "A split twice, or never.")
  @State
  public static class TwoEarly {
    private final Claims claims = new Claims();

    @Actor
    public void first(JJJ_Result r) {
      r.r1 = claims.early(9);
    }

    @Actor
    public void second(JJJ_Result r) {
      r.r2 = claims.early(9);
    }

    @Arbiter
    public void after(JJJ_Result r) {
      r.r3 = claims.next();
    }
  }
}
