package dev.baton.operators.json;

import dev.baton.engine.batch.Types;
import dev.baton.operators.internal.IsoTimes;
import dev.baton.operators.internal.LongParser;
import dev.baton.operators.internal.Strings;
import dev.baton.operators.io.fields.Fields;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Narrows down the type of one column, value by value. */
final class JsonGuess {
  /** The kinds seen, see {@link Kinds}. */
  private int seen;

  private boolean fractions;
  private boolean tooLarge;
  private boolean dates = true;
  private boolean times = true;

  /** Takes a value by its first byte and the field that is made of it. */
  void observe(byte first, long base, long field) {
    int kind = Kinds.of(first, field);
    long at = base + Fields.start(field);
    int length = Fields.length(field);
    if (kind == Kinds.NUMBER) {
      String text = Strings.of(at, length);
      boolean whole = text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
      fractions |= !whole;
      tooLarge |=
          whole && LongParser.parse(at, length) == LongParser.NONE && !LongParser.isMinimum(text);
    } else if (kind == Kinds.STRING) {
      kind = Kinds.isNoNumber(base, field) ? Kinds.NO_NUMBER : kind;
      dates &= IsoTimes.days(at, length) != IsoTimes.NONE;
      times &= IsoTimes.micros(at, length) != IsoTimes.NONE;
    }
    seen |= kind;
  }

  /** Whether there was nothing but nulls. */
  boolean empty() {
    return (seen & ~Kinds.NULL) == 0;
  }

  ArrowType type() {
    return switch (seen & ~Kinds.NULL) {
      case Kinds.NUMBER -> fractions ? Types.FLOAT64 : tooLarge ? Types.UTF8 : Types.INT64;
      case Kinds.NUMBER | Kinds.NO_NUMBER -> tooLarge && !fractions ? Types.UTF8 : Types.FLOAT64;
      case Kinds.BOOL -> Types.BOOL;
      case Kinds.STRING -> dates ? Types.DATE : times ? Types.TIMESTAMP : Types.UTF8;
      default -> Types.UTF8;
    };
  }
}
