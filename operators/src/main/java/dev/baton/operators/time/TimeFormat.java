package dev.baton.operators.time;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Calendar;
import dev.baton.operators.internal.Strings;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * A date or timestamp as text in a pattern of {@link DateTimeFormatter}, strictly. A pattern of
 * nothing but {@code uuuu} or {@code yyyy}, {@code MM}, {@code dd}, {@code HH}, {@code mm}, {@code
 * ss}, {@code S…} and ASCII text is read and written digit by digit; another one through strings.
 * Confined to one thread.
 */
final class TimeFormat {
  /** Not a time in this format, or one that does not fit. */
  static final long NONE = Long.MIN_VALUE;

  private static final String FIELDS = "uMdHms";
  private static final int[] WIDTHS = {4, 2, 2, 2, 2, 2};
  private static final int FRACTION = FIELDS.length();
  private static final int LITERAL = FRACTION + 1;

  private final DateTimeFormatter formatter;

  /** What each byte of a fixed format is, by {@code FIELDS}; null for another format. */
  private byte[] kinds;

  private byte[] literals;
  private final int[] values = new int[FRACTION];

  /**
   * @param pattern where {@code y} means {@code u}, so that years need no era
   * @throws IllegalArgumentException for a pattern that is none
   */
  TimeFormat(String pattern, String language) {
    String years = proleptic(pattern);
    try {
      formatter =
          DateTimeFormatter.ofPattern(years, Locale.forLanguageTag(language))
              .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + pattern + "' is no pattern of a date or time: " + e.getMessage(), e);
    }
    fix(years);
  }

  /** {@code y} outside quotes becomes {@code u}, unless the era is there. */
  private static String proleptic(String pattern) {
    StringBuilder changed = new StringBuilder(pattern);
    boolean quoted = false;
    boolean era = pattern.replaceAll("'[^']*'", "").contains("G");
    for (int i = 0; i < changed.length(); i++) {
      quoted ^= changed.charAt(i) == '\'';
      if (!quoted && !era && changed.charAt(i) == 'y') {
        changed.setCharAt(i, 'u');
      }
    }
    return changed.toString();
  }

  private void fix(String pattern) {
    byte[] kind = new byte[64];
    byte[] literal = new byte[64];
    int size = 0;
    int seen = 0;
    boolean quoted = false;
    for (int i = 0; i < pattern.length() && size < 50; ) {
      char letter = pattern.charAt(i);
      int end = i;
      while (end < pattern.length() && pattern.charAt(end) == letter) {
        end++;
      }
      if (letter == '\'') {
        if (end - i != 1) {
          return;
        }
        quoted = !quoted;
        i = end;
        continue;
      }
      boolean isField = !quoted && Character.isLetter(letter);
      int field = letter == 'S' ? FRACTION : FIELDS.indexOf(letter);
      int width = end - i;
      if (isField) {
        boolean right = field == FRACTION ? width <= 9 : field >= 0 && width == WIDTHS[field];
        if (!right || (seen & 1 << field) != 0) {
          return;
        }
        seen |= 1 << field;
      } else if (letter >= 0x80 || !quoted && "[]{}#".indexOf(letter) >= 0) {
        return;
      }
      for (; i < end; i++) {
        kind[size] = (byte) (isField ? field : LITERAL);
        literal[size++] = (byte) letter;
      }
    }
    // A date there must be, and of a time each field only below the larger ones.
    int times = seen >>> 3;
    if (size < 50 && (seen & 7) == 7 && (times & times + 1) == 0) {
      kinds = java.util.Arrays.copyOf(kind, size);
      literals = literal;
    }
  }

  /** Microseconds since 1970 of a text, in UTC if it says an offset or a zone; or {@link #NONE}. */
  long parse(long address, int length) {
    return kinds == null ? parseAny(address, length) : parseFixed(address, length);
  }

  private long parseFixed(long address, int length) {
    if (length != kinds.length) {
      return NONE;
    }
    java.util.Arrays.fill(values, 0);
    long micros = 0;
    int scale = 100_000;
    for (int i = 0; i < length; i++) {
      byte letter = Memory.getByte(address + i);
      int kind = kinds[i];
      if (kind == LITERAL) {
        if (letter != literals[i]) {
          return NONE;
        }
        continue;
      }
      int digit = letter - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      if (kind == FRACTION) {
        micros += (long) digit * scale;
        scale /= 10;
      } else {
        values[kind] = 10 * values[kind] + digit;
      }
    }
    if (!Calendar.isDate(values[0], values[1], values[2])
        || values[3] > 23
        || values[4] > 59
        || values[5] > 59) {
      return NONE;
    }
    long seconds = values[3] * 3600L + values[4] * 60L + values[5];
    return Calendar.day(values[0], values[1], values[2]) * Calendar.MICROS_PER_DAY
        + seconds * 1_000_000
        + micros;
  }

  private long parseAny(long address, int length) {
    try {
      TemporalAccessor read = formatter.parse(Strings.of(address, length));
      if (read.isSupported(ChronoField.INSTANT_SECONDS)) {
        long seconds = read.getLong(ChronoField.INSTANT_SECONDS);
        long micros = read.getLong(ChronoField.MICRO_OF_SECOND);
        return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), micros);
      }
      LocalDate date = read.query(TemporalQueries.localDate());
      LocalTime time = read.query(TemporalQueries.localTime());
      if (date == null) {
        return NONE;
      }
      LocalDateTime both = date.atTime(time == null ? LocalTime.MIDNIGHT : time);
      return Calendar.micros(both);
    } catch (DateTimeException | ArithmeticException e) {
      return NONE;
    }
  }

  /** The most bytes of a text of a fixed format, or 0 for another. */
  int width() {
    return kinds == null ? 0 : kinds.length;
  }

  /**
   * Writes a time in a fixed format; returns false when its year has not four digits.
   *
   * @param seconds since 1970 on the wall clock
   */
  boolean write(long seconds, int nanos, long address) {
    long day = Math.floorDiv(seconds, 86_400L);
    if (day < Calendar.FIRST_DAY || day > Calendar.LAST_DAY) {
      return false;
    }
    long date = Calendar.date(day);
    int second = (int) (seconds - day * 86_400L);
    values[0] = (int) Calendar.year(date);
    values[1] = Calendar.month(date);
    values[2] = Calendar.dayOfMonth(date);
    values[3] = second / 3600;
    values[4] = second / 60 % 60;
    values[5] = second % 60;
    int fraction = nanos;
    int unit = 100_000_000;
    for (int i = 0; i < kinds.length; i++) {
      byte letter = literals[i];
      if (kinds[i] == FRACTION) {
        letter = (byte) ('0' + fraction / unit);
        fraction %= unit;
        unit = Math.max(1, unit / 10);
      }
      Memory.putByte(address + i, letter);
    }
    // Fields from their last digit to their first.
    for (int i = kinds.length - 1; i >= 0; i--) {
      if (kinds[i] < FRACTION) {
        Memory.putByte(address + i, (byte) ('0' + values[kinds[i]] % 10));
        values[kinds[i]] /= 10;
      }
    }
    return true;
  }

  /** A time in any format. */
  String write(long seconds, int nanos) {
    return formatter.format(
        LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC).atOffset(ZoneOffset.UTC));
  }
}
