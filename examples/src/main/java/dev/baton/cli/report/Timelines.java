package dev.baton.cli.report;

import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.metrics.TimeLedger.Segment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What workers did when, no finer than can be drawn: the run is cut into slots of equal length, and
 * each shows what took most of it.
 */
final class Timelines {
  private static final int SLOTS = 720;

  private Timelines() {}

  /** The workers of a ledger that has timelines: {@code name}, and {@code segments} of seconds. */
  static List<Map<String, Object>> of(TimeLedger ledger) {
    List<Map<String, Object>> workers = new ArrayList<>();
    for (TimeLedger.Worker worker : ledger.counted()) {
      if (!worker.timeline().isEmpty()) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", worker.name());
        json.put("segments", segments(worker.timeline(), ledger.wall().toNanos() / (double) SLOTS));
        workers.add(json);
      }
    }
    return workers;
  }

  /** Neighbours of one kind as one: start, end and account. */
  private static List<List<Object>> segments(List<Segment> timeline, double slot) {
    List<List<Object>> segments = new ArrayList<>();
    Account[] shown = slots(timeline, slot);
    int start = 0;
    for (int i = 1; i <= SLOTS; i++) {
      if (i == SLOTS || shown[i] != shown[start]) {
        if (shown[start] != null) {
          segments.add(List.of(seconds(start * slot), seconds(i * slot), shown[start].id()));
        }
        start = i;
      }
    }
    return segments;
  }

  private static Account[] slots(List<Segment> timeline, double slot) {
    List<Map<Account, Double>> spent = new ArrayList<>();
    for (int i = 0; i < SLOTS; i++) {
      spent.add(new EnumMap<>(Account.class));
    }
    for (Segment segment : timeline) {
      double from = segment.start().toNanos() / slot;
      double to = segment.end().toNanos() / slot;
      for (int i = (int) from; i < Math.min(SLOTS, to); i++) {
        double part = Math.min(i + 1, to) - Math.max(i, from);
        spent.get(i).merge(segment.account(), part, Double::sum);
      }
    }
    Account[] shown = new Account[SLOTS];
    for (int i = 0; i < SLOTS; i++) {
      shown[i] =
          spent.get(i).entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .map(Map.Entry::getKey)
              .orElse(null);
    }
    return shown;
  }

  /** To a tenth of a millisecond, which keeps the page small. */
  private static double seconds(double nanos) {
    return Math.round(nanos / 1e5) / 1e4;
  }
}
