package dev.baton.cli.compare;

import dev.baton.cli.predict.Prediction;
import dev.baton.cli.predict.Predictor;
import dev.baton.cli.predict.Series;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.RunReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The figures of several variants of one pipeline.
 *
 * @param results by variant, the baseline first
 * @param otherCores how many cores other programs kept busy during the measured runs, 0 when
 *     unknown
 */
public record Comparison(List<Result> results, double otherCores) {
  /** So many seconds at least: compilers look at how often code has run, not how many runs did. */
  private static final double WARM_FIRST = 3;

  private static final double WARM_OTHERS = 0.7;
  private static final double LONGEST_WARM_UP = 60;
  private static final int MOST_WARM_UPS = 100;

  /** Compilers are quiet that work for no more than this part of a run's processor time. */
  private static final double QUIET = 0.03;

  /** So many runs in succession whose compilers are quiet: now and then they pause. */
  private static final int SETTLED = 2;

  private static final List<String> SIMPLEST_LOCK_FIRST =
      List.of("none", "per-object", "global-released", "global");

  public Comparison {
    results = List.copyOf(results);
  }

  /** Runs a variant with digest. */
  public interface Runs {
    /**
     * One run.
     *
     * @param label which run of how many it is
     * @param timeline whether to keep what each worker did when
     */
    RunReport run(Variant variant, String label, boolean timeline);
  }

  /**
   * Warms up, then runs all variants in turn, again and again, so that what else the machine does
   * hits all alike. Ends early when outputs differ.
   *
   * @param variants the baseline first
   * @param repeats measured runs of each, at least 1
   */
  public static Comparison measure(List<Variant> variants, int repeats, Runs runs) {
    Comparison comparison = new Comparison(variants.stream().map(Result::new).toList(), 0);
    comparison.warmUp(runs);
    OtherLoad load = new OtherLoad();
    int total = repeats * variants.size();
    int number = 0;
    for (int round = 0; round < repeats && comparison.outputsAgree(); round++) {
      for (Result result : comparison.results) {
        // What the run before left to collect is not this run's cost.
        System.gc();
        number++;
        // One round is enough to draw, and to tell how much splits differ.
        boolean last = round == repeats - 1;
        result.add(runs.run(result.variant(), "run " + number + " of " + total, last));
      }
    }
    return new Comparison(comparison.results, load.cores());
  }

  /**
   * Runs every variant until the compilers of all its processes are quiet: their work is a cost of
   * the first minute, not of the mode. What first runs in a JVM runs for some seconds at least: the
   * baseline, worker processes, each of which compiles for itself, and event loops, which alone
   * take the asynchronous paths.
   */
  private void warmUp(Runs runs) {
    for (Result result : results) {
      ExecutionMode mode = result.variant().mode();
      boolean first =
          result == baseline()
              || mode instanceof ExecutionMode.Processes
              || mode instanceof ExecutionMode.EventLoop;
      warmUp(result, first ? WARM_FIRST : WARM_OTHERS, runs);
    }
  }

  private static void warmUp(Result result, double leastSeconds, Runs runs) {
    double sum = 0;
    int settled = 0;
    for (int i = 0; i < MOST_WARM_UPS && sum < LONGEST_WARM_UP; i++) {
      RunReport report = runs.run(result.variant(), "warm-up", false);
      result.warmUp(report);
      sum += Result.seconds(report.wall());
      boolean quiet = Result.seconds(report.compile()) <= QUIET * Result.seconds(report.cpu());
      settled = quiet ? settled + 1 : 0;
      if (sum >= leastSeconds && settled >= SETTLED) {
        return;
      }
    }
  }

  /** What speed-ups refer to. */
  public Result baseline() {
    return results.get(0);
  }

  /**
   * Whether every run of every variant gave the same output. Sizes of batches are apart: where they
   * change the order in which numbers are added, they may change the last bits of a sum.
   */
  public boolean outputsAgree() {
    return differing().isEmpty();
  }

  /** Whether outputs are the same for all sizes of batches too. */
  public boolean sizesAgree() {
    return results.stream().flatMap(result -> result.digests().stream()).distinct().count() == 1;
  }

  /** The variants of which any output differs from the first with batches of that size. */
  public List<Result> differing() {
    return results.stream()
        .filter(result -> !result.digests().equals(Set.of(reference(result).digest())))
        .toList();
  }

  /** The first variant with batches of the same size. */
  public Result reference(Result result) {
    long size = result.variant().batchBytes();
    return results.stream().filter(r -> r.variant().batchBytes() == size).findFirst().orElseThrow();
  }

  /** The variant with the least median wall time. */
  public Result fastest() {
    return results.stream().min(Comparator.comparingDouble(Result::wallSeconds)).orElseThrow();
  }

  /** The variants with the baseline's batches, by what differs only in the number of workers. */
  public List<Series> series() {
    Map<String, List<Result>> bySeries = new LinkedHashMap<>();
    for (Result result : results) {
      if (result.variant().batchBytes() == baseline().variant().batchBytes()) {
        bySeries.computeIfAbsent(result.variant().series(), name -> new ArrayList<>()).add(result);
      }
    }
    List<Series> series = new ArrayList<>();
    bySeries.forEach((name, alike) -> series.add(series(name, alike)));
    return series;
  }

  private Series series(String name, List<Result> alike) {
    List<Series.Measured> measured =
        alike.stream()
            .sorted(Comparator.comparingInt(result -> result.variant().workers()))
            .map(r -> new Series.Measured(r.variant().mode(), baseline().walls(), r.repeats()))
            .toList();
    return new Series(name, alike.get(0).variant().lock(), measured);
  }

  /** What more workers would bring to each series, for which that can be told. */
  public List<Prediction> predict(int machineCores) {
    Predictor predictor = new Predictor(machineCores);
    return series().stream().map(predictor::predict).filter(Objects::nonNull).toList();
  }

  /** The largest spread of any variant. */
  public double spread() {
    return results.stream().mapToDouble(Result::spread).max().orElse(0);
  }

  /** The simplest variant that no other beats beyond noise. */
  public Result winner() {
    Result fastest = fastest();
    // One repeat tells nothing of noise; then the figures are taken as they are.
    boolean repeated = fastest.repeats().size() > 1;
    return results.stream()
        .filter(r -> r == fastest || (repeated && !fastest.against(r).faster()))
        .min(
            Comparator.comparing((Result r) -> !r.variant().mode().id().equals("inline"))
                .thenComparing(r -> r.variant().mode().id().equals("processes"))
                .thenComparing(r -> r.variant().workers())
                .thenComparing(r -> SIMPLEST_LOCK_FIRST.indexOf(r.variant().lock().id())))
        .orElseThrow();
  }

  /** Names of variants, for messages. */
  static String names(List<Result> results) {
    return results.stream().map(r -> r.variant().toString()).collect(Collectors.joining("; "));
  }
}
