package dev.baton.cli;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them. */
public final class Human {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Human() {}

  /** {@code 1,234,567}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 950}, {@code 12.3 k}, {@code 1.23 M}: three digits that matter. */
  public static String rate(double perSecond) {
    if (perSecond < 1000) {
      return String.format(Locale.ROOT, "%.0f", perSecond);
    }
    return perSecond < 999_500 ? digits(perSecond / 1e3) + " k" : digits(perSecond / 1e6) + " M";
  }

  private static String digits(double value) {
    String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }

  /** {@code 512 B}, {@code 1.2 MiB}. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /** {@code 12 ms}, {@code 1.23 s}, {@code 2 min 5 s}, {@code 1 h 2 min}. */
  public static String time(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 59_950) {
      return String.format(Locale.ROOT, millis < 9_995 ? "%.2f s" : "%.1f s", millis / 1e3);
    }
    long seconds = Math.round(millis / 1e3);
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }
}
