package dev.baton.cli.compare;

import dev.baton.cli.Human;
import dev.baton.cli.Table;
import java.util.Locale;

/** A comparison as text for people. */
public final class ComparisonText {
  private static final int SHORT_DIGEST = 8;

  private ComparisonText() {}

  /** The table and what it means; only for outputs that agree. */
  public static String figures(Comparison comparison) {
    if (!comparison.outputsAgree()) {
      throw new IllegalArgumentException("outputs differ, so there is no speed-up to show");
    }
    Table table =
        new Table(
            "mode",
            "lock",
            ">workers",
            ">rows/s",
            ">±",
            ">speed-up",
            ">CPU/wall",
            ">lock wait",
            ">switches",
            ">peak memory",
            "digest");
    for (Result result : comparison.results()) {
      table.row(
          result.variant().mode().id(),
          result.variant().lock().id(),
          String.valueOf(result.variant().workers()),
          Human.rate(result.rowsPerSecond()),
          format("%.0f %%", 100 * result.spread()),
          format("%.2fx", result.speedup(comparison.baseline())),
          format("%.2f", result.coresBusy()),
          format("%.2f s", result.lockWaitSeconds()),
          Human.count(result.switches()),
          Human.bytes(result.peakMemoryBytes()),
          shorten(result.digest()));
    }
    return table + "\n" + wrap(Conclusion.of(comparison));
  }

  /** Which outputs differ, and no figures. */
  public static String differences(Comparison comparison) {
    Table table = new Table("mode", "lock", ">workers", "", "digests");
    for (Result result : comparison.results()) {
      boolean differs = comparison.differing().contains(result);
      table.row(
          result.variant().mode().id(),
          result.variant().lock().id(),
          String.valueOf(result.variant().workers()),
          differs ? "DIFFERS" : "",
          String.join(" ", result.digests().stream().sorted().toList()));
    }
    return table.toString();
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

  private static String wrap(String text) {
    StringBuilder wrapped = new StringBuilder();
    int length = 0;
    for (String word : text.split(" ")) {
      if (length + word.length() > 98) {
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
