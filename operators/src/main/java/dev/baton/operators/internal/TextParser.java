package dev.baton.operators.internal;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.TypeFamily;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Reads text as values of one type, by the parsers that CSV is read with. A text must be a value as
 * a whole: no blanks around it, nothing left over. Confined to one thread.
 *
 * <p>Read are integers with a sign or none; floats in decimals with an exponent or none, and {@code
 * nan}, {@code inf} and {@code infinity} in any case; {@code true} and {@code false} in any case, 1
 * and 0; and dates and timestamps as {@link IsoTimes} says.
 */
public final class TextParser implements AutoCloseable {
  private final BufferAllocator allocator;
  private final TypeFamily family;
  private final boolean single;
  private final boolean date;

  /** A copy of the text, as the parsers may read some bytes past it. */
  private ArrowBuf copy;

  private long whole;
  private double number;
  private boolean overflow;

  public TextParser(ArrowType type, BufferAllocator allocator) {
    this.allocator = allocator;
    this.single = type.equals(Types.FLOAT32);
    this.date = type.equals(Types.DATE);
    this.family =
        TypeFamily.FLOATING.accepts(type)
            ? TypeFamily.FLOATING
            : TypeFamily.INTEGER.accepts(type)
                ? TypeFamily.INTEGER
                : TypeFamily.BOOLEAN.accepts(type) ? TypeFamily.BOOLEAN : TypeFamily.TEMPORAL;
  }

  /**
   * Reads UTF-8 text outside the heap.
   *
   * @return whether it is a value; then {@link #whole} or {@link #number} has it
   */
  public boolean parse(long address, int length) {
    long at = copy(address, length);
    return switch (family) {
      case FLOATING -> floating(at, length);
      case INTEGER -> {
        whole = LongParser.parse(at, length);
        yield whole != LongParser.NONE || LongParser.isMinimum(at, length);
      }
      case BOOLEAN -> bool(at, length);
      default -> {
        whole = date ? IsoTimes.days(at, length) : IsoTimes.micros(at, length);
        yield whole != IsoTimes.NONE;
      }
    };
  }

  private long copy(long address, int length) {
    if (copy == null || copy.capacity() < length + 8L) {
      close();
      copy = allocator.buffer(Math.max(128, length + 8L));
    }
    long to = copy.memoryAddress();
    for (int i = 0; i < length; i += 8) {
      Memory.putLong(to + i, Swar.word(address + i, length - i));
    }
    return to;
  }

  private boolean floating(long at, int length) {
    long bits = DoubleParser.parse(at, length);
    boolean digits = bits != DoubleParser.NONE;
    if (!digits) {
      bits = DoubleParser.special(at, length);
    }
    number = single ? DoubleParser.narrow(bits, at, length) : Double.longBitsToDouble(bits);
    overflow = digits && Double.isInfinite(number);
    return bits != DoubleParser.NONE;
  }

  private boolean bool(long at, int length) {
    if (length == 1) {
      whole = Memory.getByte(at) - (long) '0';
      return whole == 0 || whole == 1;
    }
    whole = BooleanParser.parse(at, length);
    return whole != BooleanParser.NONE;
  }

  /** The integer within 64 bits, 0 or 1 for a boolean, days or microseconds since 1970. */
  public long whole() {
    return whole;
  }

  /** The float nearest to the text. */
  public double number() {
    return number;
  }

  /** Whether that is infinite only because the number written is too large. */
  public boolean overflow() {
    return overflow;
  }

  /** Releases scratch memory; the parser can be used again. */
  @Override
  public void close() {
    if (copy != null) {
      copy.close();
      copy = null;
    }
  }
}
