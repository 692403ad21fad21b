package dev.baton.cli.compare;

import dev.baton.engine.RunReport;
import java.util.List;
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
  private static final int MOST_WARM_UPS = 4;
  private static final double STILL_WARMING = 0.95;

  public Comparison {
    results = List.copyOf(results);
  }

  /** Runs a variant with digest. */
  public interface Runs {
    /**
     * One run.
     *
     * @param label which run of how many it is
     */
    RunReport run(Variant variant, String label);
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
        result.add(runs.run(result.variant(), "run " + number + " of " + total));
      }
    }
    return new Comparison(comparison.results, load.cores());
  }

  /** Runs the baseline until it no longer gets faster, and every other variant once. */
  private void warmUp(Runs runs) {
    double fastest = Double.MAX_VALUE;
    for (int i = 0; i < MOST_WARM_UPS; i++) {
      RunReport report = runs.run(baseline().variant(), "warm-up");
      baseline().warmUp(report);
      double wall = Result.seconds(report.wall());
      if (wall > fastest * STILL_WARMING) {
        break;
      }
      fastest = wall;
    }
    for (Result result : results.subList(1, results.size())) {
      result.warmUp(runs.run(result.variant(), "warm-up"));
    }
  }

  /** What speed-ups refer to. */
  public Result baseline() {
    return results.get(0);
  }

  /** Whether every run of every variant gave the same output. */
  public boolean outputsAgree() {
    return differing().isEmpty();
  }

  /** The variants of which any output differs from the baseline's first. */
  public List<Result> differing() {
    Set<String> right = Set.of(baseline().digest());
    return results.stream().filter(result -> !result.digests().equals(right)).toList();
  }

  /** The largest spread of any variant. */
  public double spread() {
    return results.stream().mapToDouble(Result::spread).max().orElse(0);
  }

  /** Names of variants, for messages. */
  static String names(List<Result> results) {
    return results.stream().map(r -> r.variant().toString()).collect(Collectors.joining("; "));
  }
}
