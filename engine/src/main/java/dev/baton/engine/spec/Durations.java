package dev.baton.engine.spec;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: {@code 5ms}, {@code 0.5s}, {@code 2h} or ISO {@code PT5S}. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?) ?(ns|us|ms|s|m|h|d)");
  // From large to small, for the shortest form is the one of the largest unit.
  private static final Map<String, Long> NANOS = new LinkedHashMap<>();

  static {
    NANOS.put("d", ChronoUnit.DAYS.getDuration().toNanos());
    NANOS.put("h", ChronoUnit.HOURS.getDuration().toNanos());
    NANOS.put("m", ChronoUnit.MINUTES.getDuration().toNanos());
    NANOS.put("s", ChronoUnit.SECONDS.getDuration().toNanos());
    NANOS.put("ms", 1_000_000L);
    NANOS.put("us", 1_000L);
    NANOS.put("ns", 1L);
  }

  private Durations() {}

  /**
   * Reads one of the forms above.
   *
   * @throws IllegalArgumentException quoting the text
   */
  public static Duration parse(String text) {
    try {
      Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
      if (form.matches()) {
        BigDecimal unit = BigDecimal.valueOf(NANOS.get(form.group(2)));
        return Duration.ofNanos(new BigDecimal(form.group(1)).multiply(unit).longValueExact());
      }
      return Duration.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "expected a duration such as 5ms, 2s or PT1M but was '" + text + "'", e);
    }
  }

  /** The shortest exact form, which {@link #parse} understands. */
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    if (!duration.isNegative() && duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) <= 0) {
      long nanos = duration.toNanos();
      for (Map.Entry<String, Long> unit : NANOS.entrySet()) {
        if (nanos % unit.getValue() == 0) {
          return nanos / unit.getValue() + unit.getKey();
        }
      }
    }
    return duration.toString();
  }
}
