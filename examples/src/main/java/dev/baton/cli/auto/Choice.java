package dev.baton.cli.auto;

import dev.baton.cli.compare.Comparison;
import dev.baton.cli.compare.Effect;
import dev.baton.cli.compare.Result;
import dev.baton.engine.ExecutionMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How to run a pipeline, and why.
 *
 * @param mode what was chosen
 * @param reason in a sentence
 * @param fraction the part of the input that was measured, 0 when unknown
 * @param measured the candidates, the baseline first
 */
public record Choice(ExecutionMode mode, String reason, double fraction, List<Result> measured) {
  public Choice {
    measured = List.copyOf(measured);
  }

  /**
   * Chooses the simplest that nothing beats beyond noise, unless its workers take longer to start
   * than they save on the whole input.
   *
   * @param fraction the part of the input that was measured, 0 when unknown
   */
  static Choice of(Comparison comparison, double fraction) {
    Result winner = comparison.winner();
    if (winner.startupSeconds() > 0 && fraction > 0) {
      Result running =
          comparison.results().stream()
              .filter(result -> result.startupSeconds() == 0)
              .min(Comparator.comparingDouble(Result::wallSeconds))
              .orElseThrow();
      double saved = (running.wallSeconds() - winner.wallSeconds()) / fraction;
      winner = saved > winner.startupSeconds() ? winner : running;
    }
    return new Choice(
        winner.variant().mode(),
        reason(comparison, winner, fraction),
        fraction,
        comparison.results());
  }

  private static String reason(Comparison comparison, Result winner, double fraction) {
    String sample =
        fraction == 0
            ? "the first splits"
            : fraction == 1
                ? "the whole input"
                : String.format(Locale.ROOT, "the first %.2g %% of the input", 100 * fraction);
    List<String> others = new ArrayList<>();
    for (Result result : comparison.results()) {
      if (result != winner && result != comparison.baseline()) {
        others.add(
            String.format(
                Locale.ROOT,
                "%s %.2fx",
                result.variant().modeName(),
                result.speedup(comparison.baseline())));
      }
    }
    String rest = others.isEmpty() ? "" : "; " + String.join(", ", others);
    if (winner == comparison.baseline()) {
      return "nothing was faster than inline on " + sample + rest;
    }
    Effect effect = winner.against(comparison.baseline());
    return String.format(
        Locale.ROOT,
        "%s did %.2fx of inline on %s (%s)%s",
        winner.variant().modeName(),
        winner.speedup(comparison.baseline()),
        sample,
        effect.interval(),
        rest);
  }

  /** The members of {@code auto} in the report of a run. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mode", mode.id());
    json.put("workers", mode.workers());
    json.put("reason", reason);
    json.put("sampleFraction", fraction == 0 ? null : fraction);
    List<Map<String, Object>> candidates = new ArrayList<>();
    for (Result result : measured) {
      Map<String, Object> candidate = new LinkedHashMap<>();
      candidate.put("mode", result.variant().mode().id());
      candidate.put("workers", result.variant().workers());
      candidate.put("wallSeconds", result.wallSeconds());
      candidate.put("speedup", result.speedup(measured.get(0)));
      candidates.add(candidate);
    }
    json.put("candidates", candidates);
    return json;
  }
}
