package dev.baton.cli.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.source.Skipped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Variant FREE = new Variant(ExecutionMode.threads(2), new LockPolicy.None());
  private static final Variant LOCKED =
      new Variant(ExecutionMode.threads(2), new LockPolicy.Global());
  private static final List<Variant> THREE = List.of(Variant.BASELINE, FREE, LOCKED);

  /** A run of a million rows that kept {@code cores} busy. */
  static RunReport report(Variant variant, double seconds, double cores, long digest) {
    return report(variant, seconds, cores, 0, digest);
  }

  private static RunReport report(
      Variant variant, double seconds, double cores, double compile, long digest) {
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
        Duration.ZERO,
        0,
        Duration.ZERO,
        new Digest(0, 1_000_000, digest),
        List.of(),
        Duration.ZERO,
        nanos(compile),
        new TimeLedger(nanos(seconds), List.of()),
        RunReport.Bad.NONE,
        Map.of(),
        0,
        RunReport.LeftOut.NOTHING,
        Skipped.NOTHING);
  }

  private static Duration nanos(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  @Test
  void variantsAreEveryCombinationOnce() {
    LockPolicy none = new LockPolicy.None();
    LockPolicy global = new LockPolicy.Global();
    List<Variant> variants =
        Variant.all(
            each(
                List.of(ExecutionMode.inline(), ExecutionMode.threads(2), ExecutionMode.inline()),
                List.of(global, none, new LockPolicy.Global(Duration.ofMillis(1)))),
            List.of(0L));
    assertEquals(
        List.of(
            "inline, none",
            "inline, global",
            "inline, global 1ms",
            "threads x 2, global",
            "threads x 2, none",
            "threads x 2, global 1ms"),
        variants.stream().map(Variant::toString).toList());
  }

  @Test
  void repeatsAreInterleavedAfterTheWarmUp() {
    List<String> order = new ArrayList<>();
    double[] compile = {5, 1, 0.1, 0.1, 0.1, 0.1};
    int[] runs = new int[1];
    Comparison.measure(
        THREE,
        2,
        (variant, label, timeline) -> {
          order.add(label + ": " + variant.lock().id() + variant.workers());
          double compiling = variant.equals(Variant.BASELINE) ? compile[runs[0]++] : 0;
          return report(variant, 5, 1, compiling, 7);
        });
    assertEquals(
        List.of(
            "warm-up: none1",
            "warm-up: none1",
            "warm-up: none1",
            "warm-up: none1",
            "warm-up: none2",
            "warm-up: none2",
            "warm-up: global2",
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
  void everyVariantWarmsUpUntilItsCompilersAreQuiet() {
    Variant processes = new Variant(ExecutionMode.processes(2), new LockPolicy.None());
    for (Variant variant : List.of(Variant.BASELINE, FREE, processes)) {
      double[] compile = {1, 0.1, 0.05, 0.2, 0.06, 0.05, 0.3};
      int[] runs = new int[1];
      Comparison.measure(
          List.of(variant), 1, (ran, label, timeline) -> report(ran, 1, 2, compile[runs[0]++], 7));
      assertEquals(6 + 1, runs[0], variant + ": until two in succession have 3 % or less");
    }
  }

  @Test
  void shortRunsWarmUpForSecondsAllTheSame() {
    double[] walls = {0.5, 0.25};
    int[] runs = new int[2];
    Comparison.measure(
        THREE,
        1,
        (variant, label, timeline) -> {
          int kind = variant.equals(Variant.BASELINE) ? 0 : 1;
          runs[kind] += label.equals("warm-up") ? 1 : 0;
          return report(variant, walls[kind], 1, 7);
        });
    assertEquals(6, runs[0], "three seconds");
    assertEquals(2 * 3, runs[1], "0.7 seconds each");
  }

  @Test
  void warmingUpIsBounded() {
    int[] runs = new int[1];
    Comparison.measure(
        List.of(Variant.BASELINE),
        1,
        (variant, label, timeline) -> {
          runs[0]++;
          return report(variant, 0.1, 1, 0.1, 7);
        });
    assertEquals(100 + 1, runs[0]);
    runs[0] = 0;
    Comparison.measure(
        List.of(Variant.BASELINE),
        1,
        (variant, label, timeline) -> {
          runs[0]++;
          return report(variant, 8, 1, 1, 7);
        });
    assertEquals(8 + 1, runs[0], "not much longer than 60 s");
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
  void effectsAreGeometricMeansOfPairedRoundsWithTheirInterval() {
    Effect same = Effect.of(new double[] {1.00, 1.10, 0.95}, new double[] {1.05, 1.02, 1.00});
    assertFalse(same.beyondNoise(), same.toString());
    // Logarithms 0.6 and 0.8: mean 0.7, standard error 0.1, t with one degree of freedom 12.706.
    Effect two = Effect.of(new double[] {Math.exp(0.6), Math.exp(0.8)}, new double[] {1, 1});
    assertEquals(Math.exp(0.7), two.ratio(), 1e-12);
    assertEquals(Math.exp(0.7 - 1.2706), two.low(), 1e-9);
    assertEquals(Math.exp(0.7 + 1.2706), two.high(), 1e-9);
    assertFalse(two.beyondNoise(), "two rounds that far apart prove nothing");
    Effect clear = Effect.of(new double[] {2.0, 2.1, 1.9}, new double[] {1.0, 1.1, 0.98});
    assertTrue(clear.faster(), clear.toString());
    assertFalse(clear.slower());
    Effect tiny = Effect.of(new double[] {1.01, 1.01, 1.01}, new double[] {1, 1, 1});
    assertFalse(tiny.beyondNoise(), "too small to be trusted, however steady");
    Effect once = Effect.of(new double[] {2}, new double[] {1});
    assertEquals("", once.interval());
    assertFalse(once.beyondNoise());
  }

  @Test
  void differencesBetweenRoundsDoNotHideThoseWithinThem() {
    // The machine gets slower from round to round; the variant keeps its distance.
    Effect effect = Effect.of(new double[] {1, 2, 4}, new double[] {0.8, 1.62, 3.19});
    assertTrue(effect.faster(), effect.toString());
    assertEquals("1.22 to 1.27", effect.interval());
  }

  private static List<Variant> each(List<ExecutionMode> modes, List<LockPolicy> locks) {
    return modes.stream()
        .flatMap(mode -> locks.stream().map(lock -> new Variant(mode, lock)))
        .toList();
  }

  @Test
  void digestsOfOtherBatchSizesAreApart() {
    List<Variant> variants =
        Variant.all(
            List.of(new Variant(ExecutionMode.threads(2), new LockPolicy.None())),
            List.of(64L, 128L));
    Comparison comparison =
        Comparison.measure(
            variants, 1, (variant, label, timeline) -> report(variant, 1, 1, variant.batchBytes()));
    assertTrue(comparison.outputsAgree());
    assertFalse(comparison.sizesAgree());
    assertEquals(
        List.of(
            "inline, none, 64 B",
            "threads x 2, none, 64 B",
            "inline, none, 128 B",
            "threads x 2, none, 128 B"),
        variants.stream().map(Variant::toString).toList());
    assertTrue(ComparisonText.figures(comparison, List.of()).contains("  batch  "));
  }

  @Test
  void measuringEndsWhenAnOutputDiffers() {
    int[] runs = new int[1];
    Comparison comparison =
        Comparison.measure(
            THREE,
            100,
            (variant, label, timeline) -> report(variant, 3, 1, ++runs[0] == 9 ? 8 : 7));
    assertEquals(3 * 2 + 3, runs[0], "warm-ups and one round");
    assertFalse(comparison.outputsAgree());
    assertEquals(
        List.of("threads x 2, global"),
        comparison.differing().stream().map(r -> r.variant().toString()).toList());
    assertThrows(
        IllegalArgumentException.class, () -> ComparisonText.figures(comparison, List.of()));
    String text = ComparisonText.differences(comparison, null);
    assertTrue(text.contains("DIFFERS"), text);
    assertTrue(text.contains("the difference comes"), text);
  }
}
