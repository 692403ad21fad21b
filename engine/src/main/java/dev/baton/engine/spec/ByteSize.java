package dev.baton.engine.spec;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as users write it: {@code 4096}, {@code 64MiB} (1,024 times 1,024), {@code 1GB}
 * (1,000 times 1,000 times 1,000), {@code 1.5 GiB}.
 */
public record ByteSize(long bytes) {
  private static final Pattern FORM =
      Pattern.compile("(\\d+(?:\\.\\d+)?) ?(?:([kmgt])(i?))?b?", Pattern.CASE_INSENSITIVE);
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size must not be negative but was " + bytes);
    }
  }

  /**
   * Reads one of the forms above, in any case.
   *
   * @throws IllegalArgumentException quoting the text
   */
  public static ByteSize parse(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      int unit = form.group(2) == null ? 0 : "kmgt".indexOf(lower(form.group(2))) + 1;
      int base = "i".equals(lower(form.group(3))) ? 1024 : 1000;
      BigDecimal bytes = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(base).pow(unit));
      try {
        return new ByteSize(bytes.longValueExact());
      } catch (ArithmeticException e) {
        // Not a whole number of bytes, or too many of them: said below.
      }
    }
    throw new IllegalArgumentException(
        "expected a size such as 64MiB, 1GB or 4096 but was '" + text + "'");
  }

  private static String lower(String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  /** The shortest exact form, which {@link #parse} understands. */
  @Override
  public String toString() {
    int unit = 0;
    long count = bytes;
    while (count != 0 && count % 1024 == 0 && unit < UNITS.size() - 1) {
      count /= 1024;
      unit++;
    }
    return unit == 0 ? Long.toString(bytes) : count + UNITS.get(unit);
  }
}
