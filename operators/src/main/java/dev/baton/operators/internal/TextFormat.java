package dev.baton.operators.internal;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.TypeFamily;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Writes values of one type as text in memory: integers in decimals, floats as {@link
 * Double#toString} or {@link Float#toString} do, {@code true} and {@code false}, dates and
 * timestamps as {@link IsoTimes} does.
 */
public final class TextFormat {
  /** Bytes that no value exceeds. */
  public static final int MOST = 48;

  private final boolean bool;
  private final boolean date;
  private final boolean single;
  private final long perSecond;

  /** A format of values of that type, in its own unit for timestamps. */
  public TextFormat(ArrowType type) {
    bool = TypeFamily.BOOLEAN.accepts(type);
    date = type.equals(Types.DATE);
    single = type.equals(Types.FLOAT32);
    perSecond = type instanceof ArrowType.Timestamp stamp ? TimeUnits.perSecond(stamp) : 0;
  }

  /** Writes a float and returns the address behind it. */
  public long write(double value, long at) {
    String text = single ? Float.toString((float) value) : Double.toString(value);
    return Decimals.ascii(text, at);
  }

  /** Writes an integer, a boolean, a date or a timestamp and returns the address behind it. */
  public long write(long value, long at) {
    if (bool) {
      return Decimals.write(value != 0, at);
    }
    if (date) {
      return IsoTimes.writeDate(value, at);
    }
    return perSecond == 0
        ? Decimals.write(value, at)
        : IsoTimes.writeTimestamp(value, perSecond, at);
  }
}
