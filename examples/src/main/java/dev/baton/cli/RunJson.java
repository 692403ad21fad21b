package dev.baton.cli;

import dev.baton.engine.RunReport;
import dev.baton.engine.source.OnBad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report of a run as JSON. */
final class RunJson {
  private RunJson() {}

  static Map<String, Object> of(Job job, RunReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pipeline", job.name());
    json.put("machine", Machine.current().json());
    json.put("mode", report.mode().id());
    json.put("lock", report.lock());
    json.put("workers", report.mode().workers());
    json.put("rows", report.rowsIn());
    json.put("rowsOut", report.rowsOut());
    Map<String, Object> leftOut = new LinkedHashMap<>();
    leftOut.put("batches", report.leftOut().batches());
    leftOut.put("rows", report.leftOut().rows());
    leftOut.put("files", report.leftOut().files());
    json.put("leftOut", leftOut);
    Map<String, Object> skipped = new LinkedHashMap<>();
    skipped.put("parts", report.skipped().parts());
    skipped.put("ofParts", report.skipped().ofParts());
    skipped.put("rows", report.skipped().rows());
    skipped.put("ofRows", report.skipped().ofRows());
    json.put("skipped", skipped);
    json.put("columnsOut", report.schema().getFields().size());
    json.put("bytesIn", report.bytesIn());
    json.put("bytesOut", report.bytesOut());
    json.put("wallSeconds", seconds(report.wall()));
    json.put("cpuSeconds", seconds(report.cpu()));
    json.put("rowsPerSecond", report.rowsPerSecond());
    json.put("lockWaitSeconds", seconds(report.lockWait()));
    json.put("switches", report.switches());
    json.put("peakMemoryBytes", report.peakMemoryBytes());
    json.put("outputDigest", report.digest().toString());
    Path output = Redirect.path(job.pipeline().sink());
    json.put("output", output == null ? null : output.toString());
    List<Map<String, Object>> passes = new ArrayList<>();
    for (RunReport.Pass pass : report.passes()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("fitted", pass.fitted());
      entry.put("exactness", pass.exactness());
      entry.put("columns", pass.columns());
      entry.put("rows", pass.rows());
      entry.put("wallSeconds", seconds(pass.wall()));
      passes.add(entry);
    }
    json.put("passes", passes);
    json.put("resumedRows", report.resumedRows());
    bad(json, report.bad());
    Map<String, Object> stages = new LinkedHashMap<>();
    report
        .badInStages()
        .forEach(
            (stage, bad) -> {
              Map<String, Object> one = new LinkedHashMap<>();
              bad(one, bad);
              stages.put(stage, one);
            });
    json.put("badInStages", stages);
    json.put("gcSeconds", seconds(report.gc()));
    json.put("compileSeconds", seconds(report.compile()));
    json.put("startupSeconds", seconds(report.startup()));
    json.put("ledger", LedgerJson.of(report.ledger()));
    return json;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static void bad(Map<String, Object> json, RunReport.Bad bad) {
    json.put("badRows", bad.rows());
    json.put("firstBad", bad.first());
    json.put(
        "rejects", bad.policy() instanceof OnBad.Reject reject ? reject.to().toString() : null);
  }
}
