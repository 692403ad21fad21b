package dev.baton.cli.compare;

import dev.baton.cli.predict.Amdahl;
import dev.baton.cli.predict.Prediction;
import dev.baton.cli.predict.Usl;
import dev.baton.engine.RunReport;
import dev.baton.engine.metrics.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A comparison as JSON. */
public final class ComparisonJson {
  private ComparisonJson() {}

  /**
   * The members {@code outputsAgree}, {@code otherCoresBusy}, {@code conclusion}, {@code
   * difference}, {@code variants} and {@code predictions}.
   *
   * @param difference the first difference found when outputs differ, or null
   */
  public static Map<String, Object> of(
      Comparison comparison, List<Prediction> predictions, Difference difference) {
    boolean agree = comparison.outputsAgree();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outputsAgree", agree);
    json.put("otherCoresBusy", comparison.otherCores());
    json.put(
        "conclusion",
        agree ? Verdict.of(comparison, predictions).text() : ComparisonText.refusal(comparison));
    json.put("difference", difference == null ? null : difference(difference));
    List<Map<String, Object>> variants = new ArrayList<>();
    for (Result result : comparison.results()) {
      variants.add(variant(comparison, result, agree));
    }
    json.put("variants", variants);
    json.put("predictions", predictions.stream().map(ComparisonJson::prediction).toList());
    return json;
  }

  private static Map<String, Object> prediction(Prediction prediction) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("series", prediction.name());
    json.put("fromWorkers", prediction.from());
    json.put("points", prediction.points());
    List<Map<String, Object>> checks = new ArrayList<>();
    for (Prediction.Check check : prediction.checks()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("workers", check.workers());
      entry.put("predicted", check.predicted());
      entry.put("measured", check.measured());
      entry.put("error", check.error());
      checks.add(entry);
    }
    json.put("checks", checks);
    Amdahl amdahl = prediction.amdahl();
    json.put("amdahlSerialShare", amdahl == null ? null : amdahl.serial());
    Usl usl = prediction.usl();
    json.put("uslContention", usl == null ? null : usl.contention());
    json.put("uslCoherency", usl == null ? null : usl.coherency());
    return json;
  }

  private static Map<String, Object> difference(Difference difference) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("batch", difference.batch());
    json.put("row", difference.row());
    json.put("column", difference.column());
    json.put("left", difference.left());
    json.put("right", difference.right());
    return json;
  }

  private static Map<String, Object> variant(Comparison comparison, Result result, boolean agree) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", result.variant().toString());
    json.put("series", result.variant().series());
    json.put("mode", result.variant().mode().id());
    json.put("lock", result.variant().lock().id());
    json.put("workers", result.variant().workers());
    Duration interval = result.variant().switchInterval();
    json.put("switchIntervalSeconds", interval == null ? null : Result.seconds(interval));
    long batchBytes = result.variant().batchBytes();
    json.put("batchBytes", batchBytes == 0 ? null : batchBytes);
    // Without a measured run, and without agreement, there is nothing to compare.
    boolean measured = agree && !result.repeats().isEmpty();
    json.put("rows", measured ? result.rows() : null);
    json.put("wallSeconds", measured ? result.wallSeconds() : null);
    json.put("cpuSeconds", measured ? result.cpuSeconds() : null);
    json.put("rowsPerSecond", measured ? result.rowsPerSecond() : null);
    json.put("speedup", measured ? result.speedup(comparison.baseline()) : null);
    Effect effect = measured ? result.against(comparison.baseline()) : null;
    boolean sure = measured && effect.low() > 0;
    json.put("speedupLow", sure ? effect.low() : null);
    json.put("speedupHigh", sure ? effect.high() : null);
    json.put("beyondNoise", sure ? effect.beyondNoise() : null);
    json.put("efficiency", measured ? result.efficiency(comparison.baseline()) : null);
    json.put("lockWaitSeconds", measured ? result.lockWaitSeconds() : null);
    json.put("switches", measured ? result.switches() : null);
    json.put("peakMemoryBytes", measured ? result.peakMemoryBytes() : null);
    json.put("startupSeconds", measured ? result.startupSeconds() : null);
    json.put("ipcBytes", measured ? result.ipcBytes() : null);
    json.put("ipcSeconds", measured ? result.ipcSeconds() : null);
    json.put("spread", measured ? result.spread() : null);
    json.put("gcSeconds", measured ? result.gcSeconds() : null);
    json.put("compileSeconds", measured ? result.compileSeconds() : null);
    json.put("ledgerSeconds", measured ? times(result.times()) : null);
    json.put("outputDigest", result.digest());
    json.put("outputDigests", result.digests().stream().sorted().toList());
    json.put("repeats", result.repeats().stream().map(ComparisonJson::repeat).toList());
    return json;
  }

  /** Seconds of all workers by account, each in exactly one account at every moment. */
  private static Map<String, Object> times(Times times) {
    Map<String, Object> json = new LinkedHashMap<>();
    times.byAccount().forEach((account, time) -> json.put(account.id(), Result.seconds(time)));
    return json;
  }

  private static Map<String, Object> repeat(RunReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("wallSeconds", Result.seconds(report.wall()));
    json.put("cpuSeconds", Result.seconds(report.cpu()));
    json.put("lockWaitSeconds", Result.seconds(report.lockWait()));
    json.put("switches", report.switches());
    json.put("peakMemoryBytes", report.peakMemoryBytes());
    json.put("outputDigest", report.digest().toString());
    return json;
  }
}
