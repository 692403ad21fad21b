package dev.baton.cli;

import dev.baton.engine.metrics.Flow;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.metrics.Times;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A time ledger as JSON; docs/cli.md lists the members. */
public final class LedgerJson {
  private LedgerJson() {}

  /** The ledger; timelines only where they were kept. */
  public static Map<String, Object> of(TimeLedger ledger) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("wallSeconds", seconds(ledger.wall()));
    json.put("workers", ledger.workers().stream().map(LedgerJson::worker).toList());
    return json;
  }

  private static Map<String, Object> worker(TimeLedger.Worker worker) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", worker.name());
    json.put("role", worker.role().id());
    json.put("seconds", times(worker.times()));
    json.put("passes", worker.passes().stream().map(LedgerJson::pass).toList());
    if (!worker.timeline().isEmpty()) {
      json.put("timeline", worker.timeline().stream().map(LedgerJson::segment).toList());
    }
    return json;
  }

  private static Map<String, Object> pass(TimeLedger.Pass pass) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pass", pass.number());
    json.put("stages", pass.stages().stream().map(LedgerJson::stage).toList());
    return json;
  }

  private static Map<String, Object> stage(TimeLedger.Stage stage) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("stage", stage.name().toString());
    json.put("work", stage.name().work().id());
    json.put("seconds", times(stage.times()));
    json.put("longestSeconds", seconds(stage.longest()));
    Flow flow = stage.flow();
    json.put("batches", flow.batches());
    json.put("rowsIn", flow.rowsIn());
    json.put("rowsOut", flow.rowsOut());
    json.put("bytesIn", flow.bytesIn());
    json.put("bytesOut", flow.bytesOut());
    return json;
  }

  private static List<Object> segment(TimeLedger.Segment segment) {
    return List.of(
        seconds(segment.start()),
        seconds(segment.end()),
        segment.pass(),
        segment.stage().toString(),
        segment.account().id(),
        segment.split());
  }

  private static Map<String, Object> times(Times times) {
    Map<String, Object> json = new LinkedHashMap<>();
    times
        .byAccount()
        .forEach(
            (account, time) -> {
              if (!time.isZero()) {
                json.put(account.id(), seconds(time));
              }
            });
    return json;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
