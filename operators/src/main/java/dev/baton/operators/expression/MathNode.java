package dev.baton.operators.expression;

import dev.baton.operators.expression.Expression.Call;

/**
 * Functions of floats by Java's {@link Math}: outside of its domain a function gives NaN or an
 * infinity, never null.
 */
final class MathNode extends Node {
  private final Function function;

  MathNode(Call source, Node... values) {
    super(source, Kind.FLOAT, values);
    this.function = source.function();
  }

  @Override
  void compute(Block block, long[] active) {
    combineValidity();
    double[] a = children[0].doubles;
    double[] to = doubles;
    int rows = block.rows;
    switch (function) {
      case FLOOR -> {
        for (int i = 0; i < rows; i++) {
          to[i] = Math.floor(a[i]);
        }
      }
      case CEIL -> {
        for (int i = 0; i < rows; i++) {
          to[i] = Math.ceil(a[i]);
        }
      }
      case ROUND -> {
        for (int i = 0; i < rows; i++) {
          to[i] = round(a[i]);
        }
      }
      case SQRT -> {
        for (int i = 0; i < rows; i++) {
          to[i] = Math.sqrt(a[i]);
        }
      }
      case EXP -> {
        for (int i = 0; i < rows; i++) {
          to[i] = Math.exp(a[i]);
        }
      }
      case LN -> {
        for (int i = 0; i < rows; i++) {
          to[i] = Math.log(a[i]);
        }
      }
      case LOG10 -> {
        for (int i = 0; i < rows; i++) {
          to[i] = Math.log10(a[i]);
        }
      }
      case LOG1P -> {
        for (int i = 0; i < rows; i++) {
          to[i] = Math.log1p(a[i]);
        }
      }
      default -> {
        double[] b = children[1].doubles;
        for (int i = 0; i < rows; i++) {
          to[i] = Math.pow(a[i], b[i]);
        }
      }
    }
  }

  /** Halves go away from zero. The fraction is exact, where adding 0.5 would not be. */
  private static double round(double x) {
    double size = Math.abs(x);
    double whole = Math.floor(size);
    return Math.copySign(size - whole >= 0.5 ? whole + 1 : whole, x);
  }

  /** The size of a number without its sign. */
  static final class Abs extends Node {
    Abs(Expression source, Node value) {
      super(source, value.kind, value);
    }

    @Override
    void compute(Block block, long[] active) {
      combineValidity();
      if (kind == Kind.FLOAT) {
        double[] a = children[0].doubles;
        double[] to = doubles;
        for (int i = 0; i < Block.ROWS; i++) {
          to[i] = Math.abs(a[i]);
        }
        return;
      }
      long[] a = children[0].longs;
      for (int i = 0; i < block.rows; i++) {
        if (a[i] == Long.MIN_VALUE && isSet(valid, i) && isSet(active, i)) {
          throw bad(block, i, "is beyond int64: abs(" + a[i] + "); cast it to float64");
        }
        longs[i] = Math.abs(a[i]);
      }
    }
  }

  static final class IsNan extends Node {
    IsNan(Expression source, Node value) {
      super(source, Kind.BOOL, value);
    }

    @Override
    void compute(Block block, long[] active) {
      combineValidity();
      double[] a = children[0].doubles;
      for (int w = 0; w < block.words; w++) {
        long word = 0;
        for (int j = 0; j < 64; j++) {
          word |= (Double.isNaN(a[(w << 6) + j]) ? 1L : 0L) << j;
        }
        bits[w] = word;
      }
    }
  }
}
