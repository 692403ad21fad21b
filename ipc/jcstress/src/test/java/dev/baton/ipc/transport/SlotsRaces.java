package dev.baton.ipc.transport;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.io.IOException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A slot has one owner. */
public class SlotsRaces {
  @JCStressTest
  @Outcome(
      id = {"0, 1", "1, 0"},
      expect = ACCEPTABLE,
      desc = "One each.")
  @Outcome(expect = FORBIDDEN, desc = "The same slot twice, or none although one is free.")
  @State
  public static class TwoClaims {
    private final Slots slots = new Slots(2);

    @Actor
    public void first(II_Result r) {
      r.r1 = slots.claim();
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = slots.claim();
    }
  }

  @JCStressTest
  @Outcome(
      id = {"0, -1", "-1, 0"},
      expect = ACCEPTABLE,
      desc = "One has it.")
  @Outcome(expect = FORBIDDEN, desc = "Two have it, or it is lost.")
  @State
  public static class ClaimWhatComesBack {
    private final Slots slots = new Slots(1);

    public ClaimWhatComesBack() {
      slots.claim();
    }

    @Actor
    public void giveBack() {
      try {
        slots.free(1);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Actor
    public void claim(II_Result r) {
      r.r1 = slots.claim();
    }

    @Arbiter
    public void after(II_Result r) {
      r.r2 = slots.claim();
    }
  }

  /** Marks of different slots share a word. */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "No mark is lost.")
  @Outcome(expect = FORBIDDEN, desc = "A mark was overwritten.")
  @State
  public static class MarksShareAWord {
    private final Slots slots = new Slots(2);

    public MarksShareAWord() {
      try {
        slots.hold(0);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Actor
    public void arrives() {
      try {
        slots.hold(1);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Actor
    public void goes() {
      slots.unhold(0);
    }

    @Arbiter
    public void after(Z_Result r) {
      try {
        slots.hold(0); // fails if it is still held
        try {
          slots.hold(1);
          r.r1 = false;
        } catch (IOException e) {
          r.r1 = true;
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
