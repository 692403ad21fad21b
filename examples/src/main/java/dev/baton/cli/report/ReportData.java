package dev.baton.cli.report;

import dev.baton.cli.compare.Comparison;
import dev.baton.cli.compare.ComparisonText;
import dev.baton.cli.compare.Difference;
import dev.baton.cli.compare.Result;
import dev.baton.cli.compare.Verdict;
import dev.baton.cli.predict.Prediction;
import dev.baton.engine.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code compare.js} reads: the figures of {@code compare --json}, and what only a page has.
 */
public final class ReportData {
  private ReportData() {}

  /**
   * How to get the same figures again.
   *
   * @param file of the pipeline
   * @param text what is in it
   * @param command as typed into a shell
   * @param environment machine and versions, by what they are
   */
  public record Origin(String file, String text, String command, Map<String, String> environment) {}

  /**
   * The data.
   *
   * @param figures as {@code compare --json} writes them
   * @param predictions for the series that can be predicted
   * @param difference the first one when outputs differ, or null
   */
  @SuppressWarnings("unchecked") // it is what ComparisonJson put there
  public static Map<String, Object> of(
      Map<String, Object> figures,
      Comparison comparison,
      List<Prediction> predictions,
      Difference difference,
      Origin origin) {
    Map<String, Object> data = new LinkedHashMap<>(figures);
    if (!comparison.outputsAgree()) {
      data.put("where", ComparisonText.where(comparison, difference));
    } else {
      data.put("winner", Verdict.of(comparison, predictions).winner());
    }
    List<Map<String, Object>> variants = new ArrayList<>();
    List<Map<String, Object>> plain = (List<Map<String, Object>>) figures.get("variants");
    for (int i = 0; i < plain.size(); i++) {
      Result result = comparison.results().get(i);
      Map<String, Object> variant = new LinkedHashMap<>(plain.get(i));
      variant.put("differs", comparison.differing().contains(result));
      if (comparison.outputsAgree()) {
        RunReport drawn = result.repeats().get(result.repeats().size() - 1);
        variant.put("timeline", Timelines.of(drawn.ledger()));
        variant.put("timelineSeconds", drawn.ledger().wall().toNanos() / 1e9);
      }
      variants.add(variant);
    }
    data.put("variants", variants);
    data.put("predictionText", text(predictions));
    data.put("file", origin.file());
    data.put("text", origin.text());
    data.put("command", origin.command());
    data.put("environment", origin.environment());
    return data;
  }

  /** What the curves are, and how far they have been off. */
  private static String text(List<Prediction> predictions) {
    StringBuilder text =
        new StringBuilder(
            "Lines: played through with the times measured with the fewest workers; the band holds"
                + " nine of ten plays. Points: measured. Dotted: ideal.");
    predictions.stream()
        .flatMap(prediction -> prediction.checks().stream())
        .mapToDouble(check -> Math.abs(check.error()))
        .max()
        .ifPresent(
            most ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        " Where both are known they differ by up to %.0f %%.",
                        100 * most)));
    return text.append(" More cores than this machine has are taken to be like its own.")
        .toString();
  }
}
