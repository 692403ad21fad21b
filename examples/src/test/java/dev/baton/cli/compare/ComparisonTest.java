package dev.baton.cli.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.lock.LockPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Variant FREE = new Variant(ExecutionMode.threads(2), new LockPolicy.None());
  private static final Variant LOCKED =
      new Variant(ExecutionMode.threads(2), new LockPolicy.Global());
  private static final List<Variant> THREE = List.of(Variant.BASELINE, FREE, LOCKED);

  /** A run of a million rows that kept {@code cores} busy. */
  private static RunReport report(Variant variant, double seconds, double cores, long digest) {
    return new RunReport(
        variant.mode(),
        variant.lock().id(),
        new Schema(List.of()),
        1_000_000,
        1_000_000,
        -1,
        0,
        nanos(seconds),
        nanos(seconds * cores),
        Duration.ZERO,
        0,
        100,
        new Digest(0, 1_000_000, digest),
        List.of());
  }

  private static Duration nanos(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static Comparison measure(
      List<Variant> variants, ToDoubleFunction<Variant> seconds, double lockedCores) {
    return Comparison.measure(
        variants,
        1,
        (variant, label) ->
            report(
                variant,
                seconds.applyAsDouble(variant),
                variant.lock().id().equals("global") ? lockedCores : variant.workers(),
                7));
  }

  @Test
  void variantsAreEveryCombinationOnce() {
    LockPolicy none = new LockPolicy.None();
    LockPolicy global = new LockPolicy.Global();
    List<Variant> variants =
        Variant.all(List.of("inline", "threads", "inline"), List.of(global, none), List.of(2, 2));
    assertEquals(
        List.of("inline, none", "inline, global", "threads x 2, global", "threads x 2, none"),
        variants.stream().map(Variant::toString).toList());
  }

  @Test
  void repeatsAreInterleavedAfterTheWarmUp() {
    List<String> order = new ArrayList<>();
    double[] baseline = {10, 5, 4.9, 4.9, 4.9, 4.9};
    int[] runs = new int[1];
    Comparison.measure(
        THREE,
        2,
        (variant, label) -> {
          order.add(label + ": " + variant.lock().id() + variant.workers());
          double seconds = variant.equals(Variant.BASELINE) ? baseline[runs[0]++] : 3;
          return report(variant, seconds, 1, 7);
        });
    assertEquals(
        List.of(
            "warm-up: none1",
            "warm-up: none1",
            "warm-up: none1",
            "warm-up: none2",
            "warm-up: global2",
            "run 1 of 6: none1",
            "run 2 of 6: none2",
            "run 3 of 6: global2",
            "run 4 of 6: none1",
            "run 5 of 6: none2",
            "run 6 of 6: global2"),
        order);
  }

  @Test
  void figuresAreMediansAndTheSpreadIsHalfTheRange() {
    double[] walls = {2, 4, 3};
    int[] runs = new int[1];
    Result result = new Result(Variant.BASELINE);
    for (int i = 0; i < 3; i++) {
      result.add(report(Variant.BASELINE, walls[runs[0]++], 0.5, 7));
    }
    assertEquals(3, result.wallSeconds());
    assertEquals(1.5, result.cpuSeconds());
    assertEquals(0.5, result.coresBusy());
    assertEquals(1_000_000 / 3.0, result.rowsPerSecond(), 1e-6);
    assertEquals(1 / 3.0, result.spread(), 1e-9);
  }

  @Test
  void theConclusionFollowsFromTheFigures() {
    Comparison bound =
        measure(THREE, v -> v.equals(FREE) ? 1.04 : v.equals(LOCKED) ? 2.02 : 2, 1.0);
    assertEquals(
        "2 threads without a lock did 1.92x the rows a second of inline (96 % of ideal). Under the"
            + " global lock the same threads stayed at 0.99x with 1.0 cores busy: the work needs"
            + " the processor, so threads pay only without that lock.",
        Conclusion.of(bound));
    Comparison waiting = measure(THREE, v -> v.workers() == 2 ? 1.1 : 2, 1.8);
    assertTrue(Conclusion.of(waiting).contains("still reached 1.82x"), Conclusion.of(waiting));
    Comparison useless = measure(List.of(Variant.BASELINE, FREE), v -> 2, 1);
    assertTrue(
        Conclusion.of(useless).startsWith("2 threads without a lock brought little (1.00x"),
        Conclusion.of(useless));
    Comparison alone = measure(List.of(Variant.BASELINE), v -> 2, 1);
    assertEquals("Nothing was faster than inline without a lock.", Conclusion.of(alone));
  }

  @Test
  void noiseIsSaidInsteadOfConclusions() {
    int[] runs = new int[1];
    Comparison noisy =
        Comparison.measure(
            List.of(Variant.BASELINE, FREE),
            3,
            (variant, label) -> report(variant, 1 + runs[0]++ % 4, 1, 7));
    assertTrue(Conclusion.of(noisy).startsWith("Repeats of one variant differed by up to ±"));
  }

  @Test
  void measuringEndsWhenAnOutputDiffers() {
    int[] runs = new int[1];
    Comparison comparison =
        Comparison.measure(
            THREE, 100, (variant, label) -> report(variant, 1, 1, ++runs[0] == 7 ? 8 : 7));
    assertEquals(2 + 2 + 3, runs[0], "warm-ups and one round");
    assertFalse(comparison.outputsAgree());
    assertEquals(
        List.of("threads x 2, global"),
        comparison.differing().stream().map(r -> r.variant().toString()).toList());
    assertThrows(IllegalArgumentException.class, () -> ComparisonText.figures(comparison));
    assertTrue(ComparisonText.differences(comparison).contains("DIFFERS"));
  }
}
