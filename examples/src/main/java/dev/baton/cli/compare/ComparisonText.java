package dev.baton.cli.compare;

import dev.baton.cli.Human;
import dev.baton.cli.Table;
import dev.baton.cli.predict.Amdahl;
import dev.baton.cli.predict.Prediction;
import dev.baton.cli.predict.Predictor;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A comparison as text for people. */
public final class ComparisonText {
  private static final int SHORT_DIGEST = 8;
  private static final int WIDTH = 98;
  private static final double LEAST_SHARE = 0.005;

  private ComparisonText() {}

  /** The tables and what they mean; only for outputs that agree. */
  public static String figures(Comparison comparison, List<Prediction> predictions) {
    if (!comparison.outputsAgree()) {
      throw new IllegalArgumentException("outputs differ, so there is no speed-up to show");
    }
    return speeds(comparison)
        + "\n"
        + costs(comparison)
        + "\n"
        + ledgers(comparison)
        + "\n"
        + wrap(Verdict.of(comparison, predictions).text());
  }

  private static Table speeds(Comparison comparison) {
    List<String> head = new ArrayList<>(List.of("mode", "lock", ">workers"));
    boolean sized = comparison.results().stream().anyMatch(r -> r.variant().batchBytes() > 0);
    if (sized) {
      head.add(">batch");
    }
    head.addAll(List.of(">rows/s", ">±", ">speed-up", ">95 % interval", ">efficiency", "digest"));
    Table table = new Table(head.toArray(new String[0]));
    Result baseline = comparison.baseline();
    for (Result result : comparison.results()) {
      List<String> cells = new ArrayList<>(identity(result));
      if (sized) {
        cells.add(Human.bytes(result.variant().batchBytes()));
      }
      cells.addAll(
          List.of(
              Human.rate(result.rowsPerSecond()),
              format("%.0f %%", 100 * result.spread()),
              format("%.2fx", result.speedup(baseline)),
              sureness(result, baseline),
              format("%.0f %%", 100 * result.efficiency(baseline)),
              shorten(result.digest())));
      table.row(cells.toArray(new String[0]));
    }
    return table;
  }

  /** The interval of the speed-up, or that there is none. */
  private static String sureness(Result result, Result baseline) {
    if (result == baseline) {
      return "";
    }
    Effect effect = result.against(baseline);
    return effect.beyondNoise() || effect.low() == 0 ? effect.interval() : "no difference";
  }

  private static Table costs(Comparison comparison) {
    Table table =
        new Table(
            "mode",
            "lock",
            ">workers",
            ">CPU",
            ">CPU/wall",
            ">lock wait",
            ">switches",
            ">peak memory",
            ">start-up",
            ">crossing");
    for (Result result : comparison.results()) {
      List<String> cells = new ArrayList<>(identity(result));
      cells.addAll(
          List.of(
              format("%.2f s", result.cpuSeconds()),
              format("%.2f", result.coresBusy()),
              format("%.2f s", result.lockWaitSeconds()),
              Human.count(result.switches()),
              Human.bytes(result.peakMemoryBytes()),
              startup(result),
              result.ipcBytes() > 0 ? Human.bytes(result.ipcBytes()) : ""));
      table.row(cells.toArray(new String[0]));
    }
    return table;
  }

  /** Where the time of the workers went, in percent; accounts that nobody used are left out. */
  private static Table ledgers(Comparison comparison) {
    List<Times> times = comparison.results().stream().map(Result::times).toList();
    List<Account> used =
        Stream.of(Account.values())
            .filter(account -> times.stream().anyMatch(t -> t.share(account) >= LEAST_SHARE))
            .toList();
    List<String> head = new ArrayList<>(List.of("mode", "lock", ">workers"));
    used.forEach(account -> head.add(">" + account.id().replace('-', ' ')));
    Table table = new Table(head.toArray(new String[0]));
    for (int i = 0; i < times.size(); i++) {
      List<String> cells = new ArrayList<>(identity(comparison.results().get(i)));
      for (Account account : used) {
        double share = times.get(i).share(account);
        cells.add(share < LEAST_SHARE ? "" : format("%.0f %%", 100 * share));
      }
      table.row(cells.toArray(new String[0]));
    }
    return table;
  }

  /** What more workers would bring, and how far off that is where it was measured. */
  public static String predictions(List<Prediction> predictions) {
    Table table =
        new Table(
            "predicted", ">from", ">2", ">4", ">8", ">16", ">32", ">64", ">serial", "measured");
    for (Prediction prediction : predictions) {
      List<String> cells =
          new ArrayList<>(List.of(prediction.name(), String.valueOf(prediction.from())));
      for (int workers = 2; workers <= Predictor.MOST_WORKERS; workers *= 2) {
        cells.add(format("%.2fx", prediction.speedup(workers)));
      }
      Amdahl amdahl = prediction.amdahl();
      cells.add(amdahl == null ? "" : format("%.0f %%", 100 * amdahl.serial()));
      cells.add(
          prediction.checks().stream()
              .map(
                  check ->
                      format(
                          "%d: %.2fx, %+.0f %% off",
                          check.workers(), check.measured(), 100 * check.error()))
              .collect(Collectors.joining("; ")));
      table.row(cells.toArray(new String[0]));
    }
    return table.toString();
  }

  /** Empty for workers that were running already. */
  private static String startup(Result result) {
    double seconds = result.startupSeconds();
    return seconds > 0 ? Human.time(Duration.ofNanos(Math.round(1e9 * seconds))) : "";
  }

  private static List<String> identity(Result result) {
    Variant variant = result.variant();
    return List.of(variant.mode().id(), variant.lockName(), String.valueOf(variant.workers()));
  }

  /**
   * Which outputs differ and where, and no figures.
   *
   * @param difference the first difference when both were run again, or null when there was none
   */
  public static String differences(Comparison comparison, Difference difference) {
    Table table = new Table("mode", "lock", ">workers", "", "digests");
    for (Result result : comparison.results()) {
      List<String> cells = new ArrayList<>(identity(result));
      cells.add(comparison.differing().contains(result) ? "DIFFERS" : "");
      cells.add(String.join(" ", result.digests().stream().sorted().toList()));
      table.row(cells.toArray(new String[0]));
    }
    return table + "\n" + wrap(where(comparison, difference));
  }

  /** Where the outputs of the first variant that differs and its reference part. */
  public static String where(Comparison comparison, Difference difference) {
    Result differing = comparison.differing().get(0);
    Result reference = comparison.reference(differing);
    String who =
        differing == reference
            ? "two runs of " + differing.variant()
            : reference.variant() + " and " + differing.variant();
    return difference == null
        ? "Run again side by side, " + who + " gave the same: the difference comes and goes."
        : "Run again side by side, " + who + " first differ at " + difference + ".";
  }

  /** One line about outputs that differ. */
  public static String refusal(Comparison comparison) {
    return "outputs differ, so speeds are not compared: "
        + Comparison.names(comparison.differing())
        + "; an operator depends on something else than its input";
  }

  private static String shorten(String digest) {
    return digest.length() > SHORT_DIGEST + 2 ? digest.substring(0, SHORT_DIGEST) + "…" : digest;
  }

  /** Breaks a text into lines. */
  public static String wrap(String text) {
    StringBuilder wrapped = new StringBuilder();
    int length = 0;
    for (String word : text.split(" ")) {
      if (length + word.length() > WIDTH) {
        wrapped.append('\n');
        length = 0;
      }
      wrapped.append(length == 0 ? "" : " ").append(word);
      length += word.length() + 1;
    }
    return wrapped.append('\n').toString();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
