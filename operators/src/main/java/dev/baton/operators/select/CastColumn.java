package dev.baton.operators.select;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.Calendar;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Longs;
import dev.baton.operators.internal.Strings;
import dev.baton.operators.internal.TextBuilder;
import dev.baton.operators.internal.TextFormat;
import dev.baton.operators.internal.TextParser;
import dev.baton.operators.internal.TimeUnits;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Casts one column by blocks: read or parse into longs or doubles, convert, check, store. Belongs
 * to one worker.
 */
final class CastColumn {
  private final String name;
  private final ArrowType from;
  private final ArrowType to;
  private final boolean truncate;
  private final OnError onError;
  private final KernelContext context;
  private final long[] longs = new long[Doubles.BLOCK];
  private final double[] doubles = new double[Doubles.BLOCK];
  private TextParser parser;
  private FieldVector source;
  private FieldVector target;

  CastColumn(Cast cast, Field field, KernelContext context) {
    this.name = field.getName();
    this.from = field.getType();
    this.to = cast.to();
    this.truncate = cast.truncate();
    this.onError = cast.onError();
    this.context = context;
  }

  void apply(Batch batch) {
    source = batch.column(name);
    int rows = batch.rows();
    if (to.equals(Types.UTF8)) {
      batch.put(toText(rows));
      return;
    }
    target = Vectors.fixed(Types.field(name, to), rows, context.allocator());
    try (TextParser text = new TextParser(to, context.allocator())) {
      parser = text;
      Vectors.copyValidity(source, target);
      for (int first = 0; first < rows; first += Doubles.BLOCK) {
        convert(first, Math.min(Doubles.BLOCK, rows - first));
      }
    } catch (Throwable e) {
      target.close();
      throw e;
    }
    batch.put(target);
  }

  private void convert(int first, int count) {
    boolean toFloat = TypeFamily.FLOATING.accepts(to);
    if (TypeFamily.TEXT.accepts(from)) {
      parse(first, count, toFloat);
    } else if (TypeFamily.FLOATING.accepts(from)) {
      Doubles.load(source, first, count, doubles);
      if (!toFloat) {
        wholeNumbers(first, count);
      }
    } else {
      Longs.load(source, first, count, longs);
      if (toFloat) {
        for (int i = 0; i < count; i++) {
          doubles[i] = longs[i];
        }
      } else if (TypeFamily.TEMPORAL.accepts(from)) {
        changeUnit(first, count);
      }
    }
    if (toFloat) {
      storeFloats(first, count);
    } else {
      storeWhole(first, count);
    }
  }

  private void parse(int first, int count, boolean toFloat) {
    long offsets = Vectors.offsets(source);
    long data = Vectors.data(source);
    for (int i = 0; i < count; i++) {
      longs[i] = 0;
      doubles[i] = 0;
      if (isValid(first + i)) {
        long at = offsets + 4L * (first + i);
        int start = Memory.getInt(at);
        if (!parser.parse(data + start, Memory.getInt(at + 4) - start)) {
          bad(first + i, "is not " + Types.name(to));
        } else if (toFloat && parser.overflow()) {
          bad(first + i, "does not fit " + Types.name(to));
        }
        longs[i] = parser.whole();
        doubles[i] = parser.number();
      }
    }
  }

  private void wholeNumbers(int first, int count) {
    for (int i = 0; i < count; i++) {
      double value = doubles[i];
      longs[i] = (long) value;
      // 2^63 itself is the first that does not fit; NaN fails each comparison.
      boolean fits = value >= -0x1p63 && value < 0x1p63;
      if (!(fits && (truncate || longs[i] == value)) && isValid(first + i)) {
        boolean fraction = fits && longs[i] != value;
        bad(first + i, fraction ? "has a fraction" : "is not " + Types.name(to));
      }
    }
  }

  /** From the unit of the source to days or microseconds. */
  private void changeUnit(int first, int count) {
    long perDay =
        from instanceof ArrowType.Timestamp stamp ? 86_400 * TimeUnits.perSecond(stamp) : 1;
    boolean toDays = to.equals(Types.DATE);
    long factor = toDays ? 1 : Math.max(1, Calendar.MICROS_PER_DAY / perDay);
    long divisor = toDays ? perDay : Math.max(1, perDay / Calendar.MICROS_PER_DAY);
    for (int i = 0; i < count; i++) {
      long value = Math.floorDiv(longs[i], divisor);
      long product = value * factor;
      if (Math.multiplyHigh(value, factor) != product >> 63 && isValid(first + i)) {
        bad(first + i, "does not fit " + Types.name(to));
      }
      longs[i] = product;
    }
  }

  private void storeFloats(int first, int count) {
    if (to.equals(Types.FLOAT32)) {
      for (int i = 0; i < count; i++) {
        boolean fits = !Float.isInfinite((float) doubles[i]) || Double.isInfinite(doubles[i]);
        if (!fits && isValid(first + i)) {
          bad(first + i, "does not fit float32");
        }
      }
    }
    Doubles.store(doubles, target, first, count);
  }

  private void storeWhole(int first, int count) {
    int bits = bits();
    int unused = 64 - bits;
    for (int i = 0; i < count; i++) {
      boolean fits = bits == 1 ? (longs[i] & ~1L) == 0 : longs[i] << unused >> unused == longs[i];
      if (!fits && isValid(first + i)) {
        bad(first + i, bits == 1 ? "is neither 0 nor 1" : "does not fit " + Types.name(to));
      }
    }
    Longs.store(longs, target, first, count);
  }

  private int bits() {
    if (to instanceof ArrowType.Int integer) {
      return integer.getBitWidth();
    }
    return to.equals(Types.BOOL) ? 1 : to.equals(Types.DATE) ? 32 : 64;
  }

  private FieldVector toText(int rows) {
    TextFormat format = new TextFormat(from);
    boolean floats = TypeFamily.FLOATING.accepts(from);
    try (TextBuilder builder = new TextBuilder(name, rows, 8L * rows, context.allocator())) {
      for (int first = 0; first < rows; first += Doubles.BLOCK) {
        int count = Math.min(Doubles.BLOCK, rows - first);
        if (floats) {
          Doubles.load(source, first, count, doubles);
        } else {
          Longs.load(source, first, count, longs);
        }
        for (int i = 0; i < count; i++) {
          if (isValid(first + i)) {
            long at = builder.room(TextFormat.MOST);
            builder.appendTo(floats ? format.write(doubles[i], at) : format.write(longs[i], at));
          } else {
            builder.appendNull();
          }
        }
      }
      return builder.finish();
    }
  }

  private boolean isValid(int row) {
    return Validity.isSet(Validity.address(source), row);
  }

  private void bad(int row, String why) {
    if (onError == OnError.MAKE_NULL) {
      Validity.clear(Validity.address(target), row);
      return;
    }
    boolean fraction = why.equals("has a fraction");
    throw new ValueException(
        name,
        row,
        String.format(
            "'%s' %s; correct it or set onError to make-null%s",
            show(row), why, fraction ? ", or truncate" : ""));
  }

  private String show(int row) {
    if (TypeFamily.TEXT.accepts(from)) {
      return Strings.of(source, row);
    }
    if (TypeFamily.FLOATING.accepts(from)) {
      Doubles.load(source, row, 1, doubles);
      boolean single = from.equals(Types.FLOAT32);
      return single ? Float.toString((float) doubles[0]) : Double.toString(doubles[0]);
    }
    Longs.load(source, row, 1, longs);
    return Long.toString(longs[0]);
  }
}
