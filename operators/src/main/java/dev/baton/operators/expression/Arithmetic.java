package dev.baton.operators.expression;

/** {@code + - * / %} of two numbers of the same kind, and the sign. */
final class Arithmetic {
  private Arithmetic() {}

  /** Of floats, by the rules of Java's double. */
  static final class OfFloats extends Node {
    private final Infix operator;

    OfFloats(Expression source, Infix operator, Node left, Node right) {
      super(source, Kind.FLOAT, left, right);
      this.operator = operator;
    }

    @Override
    void compute(Block block, long[] active) {
      combineValidity();
      double[] a = children[0].doubles;
      double[] b = children[1].doubles;
      double[] to = doubles;
      switch (operator) {
        case PLUS -> {
          for (int i = 0; i < Block.ROWS; i++) {
            to[i] = a[i] + b[i];
          }
        }
        case MINUS -> {
          for (int i = 0; i < Block.ROWS; i++) {
            to[i] = a[i] - b[i];
          }
        }
        case TIMES -> {
          for (int i = 0; i < Block.ROWS; i++) {
            to[i] = a[i] * b[i];
          }
        }
        case DIVIDE -> {
          for (int i = 0; i < Block.ROWS; i++) {
            to[i] = a[i] / b[i];
          }
        }
        default -> {
          for (int i = 0; i < block.rows; i++) {
            to[i] = a[i] % b[i];
          }
        }
      }
    }
  }

  /** {@code + - *} of integers; a result beyond int64 is an error. */
  static final class OfInts extends Node {
    private final Infix operator;

    OfInts(Expression source, Infix operator, Node left, Node right) {
      super(source, Kind.INT, left, right);
      this.operator = operator;
    }

    @Override
    void compute(Block block, long[] active) {
      combineValidity();
      long[] a = children[0].longs;
      long[] b = children[1].longs;
      long[] to = longs;
      int rows = block.rows;
      // The sign bit collects whether any row overflowed; which one is looked for only then.
      long over = 0;
      switch (operator) {
        case PLUS -> {
          for (int i = 0; i < rows; i++) {
            long result = a[i] + b[i];
            over |= (a[i] ^ result) & (b[i] ^ result);
            to[i] = result;
          }
        }
        case MINUS -> {
          for (int i = 0; i < rows; i++) {
            long result = a[i] - b[i];
            over |= (a[i] ^ b[i]) & (a[i] ^ result);
            to[i] = result;
          }
        }
        default -> {
          for (int i = 0; i < rows; i++) {
            long result = a[i] * b[i];
            over |= Math.multiplyHigh(a[i], b[i]) ^ result >> 63;
            to[i] = result;
          }
          over = over == 0 ? 0 : -1;
        }
      }
      if (over < 0) {
        findOverflow(block, active);
      }
    }

    private void findOverflow(Block block, long[] active) {
      for (int i = 0; i < block.rows; i++) {
        long a = children[0].longs[i];
        long b = children[1].longs[i];
        if (isSet(valid, i) && isSet(active, i) && overflows(a, b)) {
          throw bad(
              block,
              i,
              String.format(
                  "is beyond int64: %d %s %d; cast an operand to float64", a, operator.symbol, b));
        }
      }
    }

    private boolean overflows(long a, long b) {
      try {
        switch (operator) {
          case PLUS -> Math.addExact(a, b);
          case MINUS -> Math.subtractExact(a, b);
          default -> Math.multiplyExact(a, b);
        }
        return false;
      } catch (ArithmeticException e) {
        return true;
      }
    }
  }

  /** {@code /} (a float) or {@code %} of integers; null where the right one is 0. */
  static final class DivideInts extends Node {
    DivideInts(Expression source, boolean modulo, Node left, Node right) {
      super(source, modulo ? Kind.INT : Kind.FLOAT, left, right);
    }

    @Override
    void compute(Block block, long[] active) {
      combineValidity();
      long[] a = children[0].longs;
      long[] b = children[1].longs;
      for (int i = 0; i < block.rows; i++) {
        long nonZero = b[i] != 0 ? 1L : 0L;
        valid[i >>> 6] &= ~((1L - nonZero) << i);
        if (kind == Kind.INT) {
          longs[i] = a[i] % (b[i] == 0 ? 1 : b[i]);
        } else {
          doubles[i] = (double) a[i] / (double) b[i];
        }
      }
    }
  }

  /** The sign of a number changed. */
  static final class Negate extends Node {
    Negate(Expression source, Node value) {
      super(source, value.kind, value);
    }

    @Override
    void compute(Block block, long[] active) {
      combineValidity();
      if (kind == Kind.FLOAT) {
        double[] a = children[0].doubles;
        double[] to = doubles;
        for (int i = 0; i < Block.ROWS; i++) {
          to[i] = -a[i];
        }
        return;
      }
      long[] a = children[0].longs;
      for (int i = 0; i < block.rows; i++) {
        if (a[i] == Long.MIN_VALUE && isSet(valid, i) && isSet(active, i)) {
          throw bad(block, i, "is beyond int64: -(" + a[i] + "); cast it to float64");
        }
        longs[i] = -a[i];
      }
    }
  }

  /** Integers as floats. */
  static final class Widen extends Node {
    Widen(Node value) {
      super(value.source, Kind.FLOAT, value);
    }

    @Override
    void compute(Block block, long[] active) {
      combineValidity();
      long[] a = children[0].longs;
      double[] to = doubles;
      for (int i = 0; i < Block.ROWS; i++) {
        to[i] = a[i];
      }
    }
  }
}
