package dev.baton.cli.compare;

import dev.baton.engine.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A comparison as JSON. */
public final class ComparisonJson {
  private ComparisonJson() {}

  /**
   * The members {@code outputsAgree}, {@code otherCoresBusy}, {@code conclusion} and {@code
   * variants}.
   */
  public static Map<String, Object> of(Comparison comparison) {
    boolean agree = comparison.outputsAgree();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outputsAgree", agree);
    json.put("otherCoresBusy", comparison.otherCores());
    json.put("conclusion", agree ? Conclusion.of(comparison) : ComparisonText.refusal(comparison));
    List<Map<String, Object>> variants = new ArrayList<>();
    for (Result result : comparison.results()) {
      variants.add(variant(comparison, result, agree));
    }
    json.put("variants", variants);
    return json;
  }

  private static Map<String, Object> variant(Comparison comparison, Result result, boolean agree) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mode", result.variant().mode().id());
    json.put("lock", result.variant().lock().id());
    json.put("workers", result.variant().workers());
    // Without a measured run, and without agreement, there is nothing to compare.
    boolean measured = agree && !result.repeats().isEmpty();
    json.put("rows", measured ? result.rows() : null);
    json.put("wallSeconds", measured ? result.wallSeconds() : null);
    json.put("cpuSeconds", measured ? result.cpuSeconds() : null);
    json.put("rowsPerSecond", measured ? result.rowsPerSecond() : null);
    json.put("speedup", measured ? result.speedup(comparison.baseline()) : null);
    json.put("lockWaitSeconds", measured ? result.lockWaitSeconds() : null);
    json.put("switches", measured ? result.switches() : null);
    json.put("peakMemoryBytes", measured ? result.peakMemoryBytes() : null);
    json.put("startupSeconds", measured ? result.startupSeconds() : null);
    json.put("ipcBytes", measured ? result.ipcBytes() : null);
    json.put("ipcSeconds", measured ? result.ipcSeconds() : null);
    json.put("spread", measured ? result.spread() : null);
    json.put("outputDigest", result.digest());
    json.put("outputDigests", result.digests().stream().sorted().toList());
    json.put("repeats", result.repeats().stream().map(ComparisonJson::repeat).toList());
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
