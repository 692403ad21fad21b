package dev.baton.cli.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.cli.lab.Conditions.Judgement;
import dev.baton.cli.lab.Conditions.Verdict;
import org.junit.jupiter.api.Test;

/** What becomes of a figure, by figures made up. */
class ConditionsTest {
  private static final Conditions GOOD = new Conditions(2, 1.98, 0.02);

  private static Check check(double measured, int cores) {
    return new Check(1, "threads / one", "0.95 to 1.05", measured, 0.85, 1.1, cores);
  }

  @Test
  void aFigureWithinItsToleranceOrOnItsEdgePasses() {
    for (double measured : new double[] {0.85, 1, 1.1}) {
      assertEquals(Verdict.PASS, GOOD.judge(check(measured, 2)).verdict());
    }
  }

  @Test
  void aFigureOutsideFails() {
    assertEquals(Verdict.FAIL, GOOD.judge(check(0.849, 2)).verdict());
    assertEquals(Verdict.FAIL, GOOD.judge(check(1.101, 2)).verdict());
    assertEquals(Verdict.FAIL, GOOD.judge(check(Double.NaN, 1)).verdict());
  }

  @Test
  void withTooFewCoresNothingCanBeTold() {
    Judgement judgement = new Conditions(1, 1, 0).judge(check(1, 2));
    assertEquals(Verdict.CANNOT_TELL, judgement.verdict());
    assertEquals("needs 2 cores, this machine has 1", judgement.reason());
  }

  @Test
  void otherProgramsExcuseWhatFailsButTakeNothingFromWhatPasses() {
    Conditions busy = new Conditions(2, 1.98, 0.8);
    assertEquals(Verdict.PASS, busy.judge(check(1, 2)).verdict());
    Judgement judgement = busy.judge(check(0.5, 2));
    assertEquals(Verdict.CANNOT_TELL, judgement.verdict());
    assertEquals("other programs kept 0.80 cores busy", judgement.reason());
  }

  @Test
  void coresThatAreNotWorthTwoExcuseOnlyWhatNeedsTwo() {
    Conditions shared = new Conditions(2, 1.4, 0);
    assertEquals(Verdict.FAIL, shared.judge(check(0.5, 1)).verdict());
    assertEquals(
        "two bare threads did only 1.40 times the work of one",
        shared.judge(check(0.5, 2)).reason());
  }

  @Test
  void whatMayDifferHereIsNotReproducedRatherThanAFailure() {
    String why = "the JVM does it in another way";
    Check other = check(0.5, 2).unless(0.4, 1.5, why);
    Judgement judgement = GOOD.judge(other);
    assertEquals(Verdict.NOT_REPRODUCED, judgement.verdict());
    assertEquals(why, judgement.reason());
    assertEquals(Verdict.PASS, GOOD.judge(check(1, 2).unless(0.4, 1.5, why)).verdict());
    assertEquals(Verdict.FAIL, GOOD.judge(check(0.39, 2).unless(0.4, 1.5, why)).verdict());
    assertEquals(Verdict.FAIL, GOOD.judge(check(Double.NaN, 2).unless(0.4, 1.5, why)).verdict());
    assertEquals(Verdict.CANNOT_TELL, new Conditions(2, 1.98, 0.8).judge(other).verdict());
  }

  @Test
  void tolerancesAreWordsAndNeverEmpty() {
    assertEquals("0.85 to 1.10", check(1, 1).tolerance());
    assertEquals(
        "at least 20.0", new Check(3, "a", "b", 1, 20, Double.POSITIVE_INFINITY, 1).tolerance());
    assertEquals("at most 0.05", new Check(3, "a", "b", 1, 0, 0.05, 1).tolerance());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Check(3, "a", "b", 1, 2, 1, 1));
    assertEquals("tolerance of 'a' must not be empty but was 2.0 to 1.0", e.getMessage());
  }
}
