package dev.baton.cli.lab;

import dev.baton.cli.lab.Conditions.Judgement;
import dev.baton.cli.lab.Laboratory.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The findings as JSON, which the page draws too. */
public final class LabJson {
  private LabJson() {}

  /** One object for each experiment. */
  public static List<Map<String, Object>> of(List<Outcome> outcomes) {
    return outcomes.stream().map(LabJson::outcome).toList();
  }

  private static Map<String, Object> outcome(Outcome outcome) {
    Findings findings = outcome.findings();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", outcome.experiment().id());
    json.put("claim", outcome.experiment().claim());
    json.put("behaviours", outcome.experiment().behaviours());
    json.put("paragraph", findings.paragraph());
    json.put("emulation", findings.emulation());
    json.put("capacityOfTwoCores", outcome.conditions().capacity());
    json.put("otherCoresBusy", outcome.conditions().otherCores());
    json.put("checks", outcome.judgements().stream().map(LabJson::check).toList());
    json.put("charts", findings.charts().stream().map(LabJson::chart).toList());
    json.put("tables", findings.sheets().stream().map(LabJson::sheet).toList());
    return json;
  }

  private static Map<String, Object> check(Judgement judgement) {
    Check check = judgement.check();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("behaviour", check.behaviour() == 0 ? null : check.behaviour());
    json.put("what", check.what());
    json.put("python", check.python());
    json.put("measured", check.measured());
    json.put("low", check.low());
    json.put("high", Double.isInfinite(check.high()) ? null : check.high());
    json.put("expected", check.tolerance());
    json.put("verdict", judgement.verdict().words());
    json.put("reason", judgement.reason());
    return json;
  }

  private static Map<String, Object> chart(Chart chart) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("title", chart.title());
    if (chart instanceof Chart.Bars bars) {
      json.put("axis", bars.axis());
      json.put(
          "bars",
          bars.bars().stream()
              .map(bar -> Map.of("name", bar.name(), "group", bar.group(), "value", bar.value()))
              .toList());
    } else if (chart instanceof Chart.Lines lines) {
      json.put("x", lines.x());
      json.put("y", lines.y());
      json.put("logX", lines.logX());
      json.put("logY", lines.logY());
      json.put("lines", lines.lines().stream().map(LabJson::line).toList());
    }
    return json;
  }

  private static Map<String, Object> line(Chart.Line line) {
    return Map.of(
        "name",
        line.name(),
        "group",
        line.group(),
        "points",
        line.points().stream().map(point -> Map.of("x", point.x(), "y", point.y())).toList());
  }

  private static Map<String, Object> sheet(Findings.Sheet sheet) {
    return Map.of(
        "title", sheet.title(), "columns", sheet.table().head(), "rows", sheet.table().rows());
  }
}
