package dev.baton.cli.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.cli.predict.Amdahl;
import dev.baton.cli.predict.Prediction;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.lock.LockPolicy;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Variant FREE = new Variant(ExecutionMode.threads(2), new LockPolicy.None());
  private static final Variant LOCKED =
      new Variant(ExecutionMode.threads(2), new LockPolicy.Global());
  private static final Variant APART =
      new Variant(ExecutionMode.processes(2), new LockPolicy.None());

  private final int[] runs = new int[1];

  /** Three rounds in which repeats differ by a percent. */
  private Comparison measure(List<Variant> variants, ToDoubleFunction<Variant> seconds) {
    return measure(variants, 3, seconds, 0.01);
  }

  private Comparison measure(
      List<Variant> variants, int repeats, ToDoubleFunction<Variant> seconds, double noise) {
    Comparison measured =
        Comparison.measure(
            variants,
            repeats,
            (variant, label, timeline) -> {
              double drift = 1 + noise * (runs[0]++ % 3 - 1);
              double cores = variant.lock().id().equals("global") ? 1 : variant.workers();
              return ComparisonTest.report(
                  variant, seconds.applyAsDouble(variant) * drift, cores, 7);
            });
    // As on an idle machine, whatever else runs beside this test.
    return new Comparison(measured.results(), 0);
  }

  private static Verdict verdict(Comparison comparison) {
    return Verdict.of(comparison, List.of());
  }

  @Test
  void theSerialShareOfTheWinnerIsSaid() {
    Comparison comparison = measure(List.of(Variant.BASELINE, FREE), v -> 2.0 / v.workers());
    Prediction prediction =
        new Prediction(
            "threads, none",
            1,
            List.of(new Prediction.Point(8, 6.5, 6, 7)),
            List.of(),
            new Amdahl(0.034),
            null);
    String text = Verdict.of(comparison, List.of(prediction)).text();
    assertTrue(
        text.endsWith("Serial share 3 %; eight workers on eight cores would do about 6.5x."), text);
  }

  @Test
  void theFastestWinsWithItsReasons() {
    Verdict verdict =
        verdict(
            measure(
                List.of(Variant.BASELINE, FREE, LOCKED, APART),
                v -> v.equals(FREE) ? 1.04 : v.equals(LOCKED) ? 2.02 : v.equals(APART) ? 1.3 : 2));
    assertTrue(
        verdict
            .headline()
            .matches(
                "2 threads without a lock win: 1\\.9\\dx the rows a second of inline \\(9\\d %"
                    + " of ideal, 1\\.\\d\\d to \\d\\.\\d\\d\\)\\."),
        verdict.headline());
    assertTrue(
        verdict.text().contains("Under the global lock 2 threads gain nothing beyond noise (0.99x"),
        verdict.text());
    assertTrue(
        verdict.text().contains("2 processes do 20 % fewer rows a second as the same number"),
        verdict.text());
  }

  @Test
  void aLockThatIsGivenUpLetsThreadsWin() {
    Verdict verdict =
        verdict(measure(List.of(Variant.BASELINE, LOCKED, FREE), v -> v.workers() == 2 ? 1.1 : 2));
    assertTrue(verdict.text().contains("still reach 1.8"), verdict.text());
  }

  @Test
  void withinNoiseTheSimplestWins() {
    Verdict verdict =
        verdict(measure(List.of(Variant.BASELINE, FREE), 3, v -> v.equals(FREE) ? 1.95 : 2, 0.1));
    assertEquals(
        "Stay inline: nothing is faster than one thread without a lock, beyond noise.",
        verdict.headline());
    assertEquals(
        "Only inline without a lock was measured, so there is nothing to compare.",
        verdict(measure(List.of(Variant.BASELINE), v -> 2)).headline());
  }

  @Test
  void oneRunOfEachIsNoProof() {
    Verdict verdict =
        verdict(measure(List.of(Variant.BASELINE, FREE), 1, v -> v.equals(FREE) ? 1 : 2, 0));
    assertEquals(
        "2 threads without a lock win: 2.00x the rows a second of inline (100 % of ideal). One run"
            + " of each says nothing about noise: ask for more --repeats.",
        verdict.text());
  }

  @Test
  void ofOneRunEachTheRatioDecidesWhatIsSaidOfTheLock() {
    assertLocked(1, "Under the global lock 2 threads still reach 2.00x");
    assertLocked(2, "Under the global lock 2 threads gain nothing (1.00x");
    assertLocked(2.5, "Under the global lock 2 threads lose 20 % (0.80x");
  }

  private void assertLocked(double seconds, String expected) {
    List<Variant> variants = List.of(Variant.BASELINE, LOCKED, FREE);
    Verdict verdict =
        verdict(
            measure(variants, 1, v -> v.equals(LOCKED) ? seconds : v.equals(FREE) ? 0.5 : 2, 0));
    assertTrue(verdict.text().contains(expected), verdict.text());
  }

  @Test
  void ofOneRunEachTheRatioDecidesWhatIsSaidOfProcesses() {
    assertApart(1, "2 processes do 50 % fewer rows a second as the same number of threads");
    assertApart(0.4, "2 processes do 25 % more rows a second as the same number of threads");
    assertApart(0.5, "2 processes are as fast as the same number of threads: they spend");
  }

  private void assertApart(double seconds, String expected) {
    List<Variant> variants = List.of(Variant.BASELINE, FREE, APART);
    Verdict verdict =
        verdict(measure(variants, 1, v -> v.equals(APART) ? seconds : v.equals(FREE) ? 0.5 : 2, 0));
    assertTrue(verdict.text().contains(expected), verdict.text());
  }

  @Test
  void loadByOtherProgramsIsSaidInsteadOfConclusions() {
    Comparison calm = measure(List.of(Variant.BASELINE, FREE), v -> 1);
    assertEquals(
        "Measure again on an idle machine. Other programs kept 1.5 cores busy meanwhile, so these"
            + " figures say little.",
        verdict(new Comparison(calm.results(), 1.5)).text());
    assertEquals(
        21.5, OtherLoad.seconds("cpu  1000 200 300 99999 99999 400 200 50 7 0"), "in seconds");
  }
}
