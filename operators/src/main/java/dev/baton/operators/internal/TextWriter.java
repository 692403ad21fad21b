package dev.baton.operators.internal;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.TypeFamily;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Writes values of one type as text, one at a time, into a buffer of its own. */
public final class TextWriter {
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes = new byte[64];
  private final boolean bool;
  private final boolean date;
  private final boolean single;
  private final long perSecond;
  private final int fractionDigits;
  private int length;

  /** A writer of values of that type, in its own unit for timestamps. */
  public TextWriter(ArrowType type) {
    bool = TypeFamily.BOOLEAN.accepts(type);
    date = type.equals(Types.DATE);
    single = type.equals(Types.FLOAT32);
    perSecond = type instanceof ArrowType.Timestamp stamp ? TimeUnits.perSecond(stamp) : 0;
    fractionDigits = Long.toString(perSecond).length() - 1;
  }

  /** The text written last, of as many bytes as {@code write} returned. */
  public byte[] bytes() {
    return bytes;
  }

  /** Writes a float as {@link Double#toString} or {@link Float#toString} do. */
  public int write(double value) {
    return put(single ? Float.toString((float) value) : Double.toString(value));
  }

  /** Writes an integer, a boolean, a date or a timestamp. */
  public int write(long value) {
    length = 0;
    if (bool) {
      byte[] word = value != 0 ? TRUE : FALSE;
      System.arraycopy(word, 0, bytes, 0, word.length);
      return word.length;
    }
    if (date) {
      day(value);
      return length;
    }
    if (perSecond == 0) {
      integer(value);
      return length;
    }
    long second = Math.floorDiv(value, perSecond);
    long fraction = Math.floorMod(value, perSecond);
    day(Math.floorDiv(second, 86_400L));
    int time = (int) Math.floorMod(second, 86_400L);
    bytes[length++] = 'T';
    digits(time / 3600, 2);
    bytes[length++] = ':';
    digits(time / 60 % 60, 2);
    bytes[length++] = ':';
    digits(time % 60, 2);
    if (fraction != 0) {
      bytes[length++] = '.';
      digits(fraction, fractionDigits);
    }
    return length;
  }

  private int put(String text) {
    length = text.length();
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) text.charAt(i);
    }
    return length;
  }

  private void integer(long value) {
    if (value < 0) {
      bytes[length++] = '-';
    }
    int count = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      count++;
    }
    // Digits of a negative remainder are negated one by one, as -Long.MIN_VALUE does not exist.
    for (int i = length + count - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + Math.abs(value % 10));
      value /= 10;
    }
    length += count;
  }

  private void digits(long value, int count) {
    for (int i = length + count - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + value % 10);
      value /= 10;
    }
    length += count;
  }

  /** By the algorithm of Howard Hinnant's civil_from_days, for years of four digits. */
  private void day(long days) {
    if (days < -719_528 || days > 2_932_896) {
      put(LocalDate.ofEpochDay(days).toString());
      return;
    }
    long shifted = days + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    long dayOfEra = shifted - era * 146_097;
    long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long marchMonth = (5 * dayOfYear + 2) / 153;
    long month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    digits(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4);
    bytes[length++] = '-';
    digits(month, 2);
    bytes[length++] = '-';
    digits(dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2);
  }
}
