package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Types;
import dev.baton.operators.internal.BooleanParser;
import dev.baton.operators.internal.DoubleParser;
import dev.baton.operators.internal.IsoTimes;
import dev.baton.operators.internal.LongParser;
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
    String text = Fields.show(base, field).strip();
    if (text.isEmpty()) {
      return;
    }
    // Spaces around a value are not part of it, except in text.
    int leading = 0;
    while (dev.baton.engine.batch.Memory.getByte(address + leading) <= ' ') {
      leading++;
    }
    any = true;
    narrow(text, address + leading, text.length());
  }

  private void narrow(String text, long address, int length) {
    if (is(INTEGER)
        && LongParser.parse(address, length) == LongParser.NONE
        && !LongParser.isMinimum(text)) {
      possible &= ~INTEGER;
    }
    if (is(FLOAT)) {
      if (DoubleParser.parse(address, length) == DoubleParser.NONE
          && !WORDS.contains(text.replaceFirst("^[-+]", ""))) {
        possible &= ~FLOAT;
      } else if (text.chars().anyMatch(c -> c == '.' || (c | 0x20) > '9')) {
        decimal = true;
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

  private boolean is(int type) {
    return (possible & type) != 0;
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
