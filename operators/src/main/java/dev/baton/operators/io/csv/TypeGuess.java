package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.operators.internal.BooleanParser;
import dev.baton.operators.internal.DoubleParser;
import dev.baton.operators.internal.IsoTimes;
import dev.baton.operators.internal.LongParser;
import dev.baton.operators.internal.Strings;
import dev.baton.operators.io.fields.Fields;
import dev.baton.operators.io.fields.NullTokens;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Narrows down the type of one column, value by value. */
final class TypeGuess {
  private static final int INTEGER = 1;
  private static final int FLOAT = 2;
  private static final int BOOL = 4;
  private static final int DATE = 8;
  private static final int TIMESTAMP = 16;

  /** Only these make a column one of floats: NAN and Inf may well be names or abbreviations. */
  private static final Set<String> WORDS = Set.of("NaN", "nan", "Infinity", "inf");

  private int possible = INTEGER | FLOAT | BOOL | DATE | TIMESTAMP;
  private boolean any;
  private boolean decimal;

  void observe(long base, long field, NullTokens nulls) {
    int length = Fields.length(field);
    long address = base + Fields.start(field);
    if (possible == 0 || length == 0 || nulls.matches(address, length)) {
      return;
    }
    // Spaces around a value are not part of it, except in text.
    while (length > 0 && isSpace(address)) {
      address++;
      length--;
    }
    while (length > 0 && isSpace(address + length - 1)) {
      length--;
    }
    if (length > 0) {
      any = true;
      narrow(address, length);
    }
  }

  private static boolean isSpace(long address) {
    return (Memory.getByte(address) & 0xFF) <= ' ';
  }

  private void narrow(long address, int length) {
    if (is(INTEGER)
        && LongParser.parse(address, length) == LongParser.NONE
        && !LongParser.isMinimum(address, length)) {
      possible &= ~INTEGER;
    }
    if (is(FLOAT)) {
      if (DoubleParser.parse(address, length) == DoubleParser.NONE && !isWord(address, length)) {
        possible &= ~FLOAT;
      } else {
        decimal |= !isWhole(address, length);
      }
    }
    if (is(BOOL) && BooleanParser.parse(address, length) == BooleanParser.NONE) {
      possible &= ~BOOL;
    }
    if (is(DATE) && IsoTimes.days(address, length) == IsoTimes.NONE) {
      possible &= ~DATE;
    }
    if (is(TIMESTAMP) && IsoTimes.micros(address, length) == IsoTimes.NONE) {
      possible &= ~TIMESTAMP;
    }
  }

  private static boolean isWord(long address, int length) {
    return WORDS.contains(Strings.of(address, length).replaceFirst("^[-+]", ""));
  }

  /** Whether a number has neither a point nor an exponent. */
  private static boolean isWhole(long address, int length) {
    boolean whole = true;
    for (int i = 0; i < length; i++) {
      byte c = Memory.getByte(address + i);
      whole &= c != '.' && (c | 0x20) <= '9';
    }
    return whole;
  }

  private boolean is(int type) {
    return (possible & type) != 0;
  }

  /** Whether there was a value. */
  boolean any() {
    return any;
  }

  ArrowType type() {
    if (!any) {
      return Types.UTF8;
    }
    if (is(INTEGER)) {
      return Types.INT64;
    }
    if (is(FLOAT)) {
      return decimal ? Types.FLOAT64 : Types.UTF8;
    }
    if (is(BOOL)) {
      return Types.BOOL;
    }
    return is(DATE) ? Types.DATE : is(TIMESTAMP) ? Types.TIMESTAMP : Types.UTF8;
  }
}
