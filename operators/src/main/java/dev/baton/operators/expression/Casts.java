package dev.baton.operators.expression;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.operators.internal.Calendar;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** {@code cast(… as …)} between numbers, booleans and times; texts are in their own classes. */
final class Casts {
  private Casts() {}

  static Node cast(Expression e, Node value, ArrowType type) {
    Kind from = value.kind;
    Kind to = Kind.of(type);
    boolean number = from.isNumber() || from == Kind.BOOL;
    if (type.equals(Types.BINARY)) {
      throw new BindException("expression '" + e + "': nothing can be cast to binary");
    }
    if (from == Kind.NULL) {
      return new ConstantNode(e, to, type, null);
    }
    if (value.type.equals(type)) {
      return value;
    }
    if (to == Kind.TEXT) {
      return new FormatNode(e, value);
    }
    if (from == Kind.TEXT) {
      // Floats are rounded once, to their type; integers are read whole and must then fit.
      return fit(e, new ParseNode(e, to, to == Kind.FLOAT ? type : to.type, value), type);
    }
    if (from == to || (number && to.isNumber())) {
      return fit(e, new ToNumber(e, to, value), type);
    }
    if (number && to == Kind.BOOL) {
      return new ToBool(e, value);
    }
    if (from == Kind.DATE && to == Kind.TIMESTAMP) {
      return new DateToTimestamp(e, value);
    }
    if (from == Kind.TIMESTAMP && to == Kind.DATE) {
      return new TimestampToDate(e, value);
    }
    throw new BindException(
        String.format(
            "expression '%s': '%s' is %s and cannot be cast to %s",
            e, value.source, Types.name(value.type), Types.name(type)));
  }

  private static Node fit(Expression e, Node value, ArrowType type) {
    return value.type.equals(type) ? value : new Fit(e, type, value);
  }

  /** Numbers and booleans as 64-bit numbers; fractions are cut off. */
  private static final class ToNumber extends Node {
    ToNumber(Expression source, Kind kind, Node value) {
      super(source, kind, value);
    }

    @Override
    void compute(Block block, long[] active) {
      combineValidity();
      Node from = children[0];
      int rows = block.rows;
      if (from.kind == Kind.BOOL) {
        for (int i = 0; i < rows; i++) {
          long value = from.bits[i >>> 6] >>> i & 1;
          if (kind == Kind.INT) {
            longs[i] = value;
          } else {
            doubles[i] = value;
          }
        }
      } else if (from.kind == kind) {
        if (kind == Kind.INT) {
          System.arraycopy(from.longs, 0, longs, 0, rows);
        } else {
          System.arraycopy(from.doubles, 0, doubles, 0, rows);
        }
      } else if (kind == Kind.FLOAT) {
        for (int i = 0; i < rows; i++) {
          doubles[i] = from.longs[i];
        }
      } else {
        truncate(from, block, active);
      }
    }

    private void truncate(Node from, Block block, long[] active) {
      for (int i = 0; i < block.rows; i++) {
        double value = from.doubles[i];
        // 2^63 itself is out, and so is NaN, for which both comparisons are false.
        boolean fits = value >= -0x1p63 && value < 0x1p63;
        if (!fits && isSet(valid, i) && isSet(active, i)) {
          throw bad(block, i, "cannot make int64 of " + value + "; guard it with case or nullif");
        }
        longs[i] = (long) value;
      }
    }
  }

  /** 64-bit numbers in the bounds, or to the precision, of a narrower type. */
  private static final class Fit extends Node {
    private final long most;

    Fit(Expression source, ArrowType type, Node value) {
      super(source, value.kind, type, value);
      this.most = type instanceof ArrowType.Int i ? -1L >>> (65 - i.getBitWidth()) : 0;
    }

    @Override
    void compute(Block block, long[] active) {
      combineValidity();
      if (kind == Kind.FLOAT) {
        double[] a = children[0].doubles;
        for (int i = 0; i < block.rows; i++) {
          doubles[i] = type.equals(Types.FLOAT32) ? (float) a[i] : a[i];
        }
        return;
      }
      long[] a = children[0].longs;
      for (int i = 0; i < block.rows; i++) {
        boolean fits = a[i] <= most && a[i] >= ~most;
        if (!fits && isSet(valid, i) && isSet(active, i)) {
          throw bad(block, i, "does not fit " + Types.name(type) + ": " + a[i]);
        }
        longs[i] = a[i];
      }
    }
  }

  /** True unless zero; NaN is true. */
  private static final class ToBool extends Node {
    ToBool(Expression source, Node value) {
      super(source, Kind.BOOL, value);
    }

    @Override
    void compute(Block block, long[] active) {
      combineValidity();
      Node from = children[0];
      for (int w = 0; w < block.words; w++) {
        long word = 0;
        for (int j = 0, i = w << 6; j < 64; j++, i++) {
          boolean set = from.kind == Kind.INT ? from.longs[i] != 0 : from.doubles[i] != 0;
          word |= (set ? 1L : 0L) << j;
        }
        bits[w] = word;
      }
    }
  }

  /** Midnight. */
  static final class DateToTimestamp extends Node {
    DateToTimestamp(Expression source, Node value) {
      super(source, Kind.TIMESTAMP, value);
    }

    @Override
    void compute(Block block, long[] active) {
      combineValidity();
      long[] a = children[0].longs;
      for (int i = 0; i < block.rows; i++) {
        longs[i] = a[i] * Calendar.MICROS_PER_DAY;
        boolean fits = Math.multiplyHigh(a[i], Calendar.MICROS_PER_DAY) == longs[i] >> 63;
        if (!fits && isSet(valid, i) && isSet(active, i)) {
          throw bad(block, i, "is beyond the years of a timestamp: day " + a[i] + " since 1970");
        }
      }
    }
  }

  private static final class TimestampToDate extends Node {
    TimestampToDate(Expression source, Node value) {
      super(source, Kind.DATE, value);
    }

    @Override
    void compute(Block block, long[] active) {
      combineValidity();
      for (int i = 0; i < block.rows; i++) {
        longs[i] = Math.floorDiv(children[0].longs[i], Calendar.MICROS_PER_DAY);
      }
    }
  }
}
