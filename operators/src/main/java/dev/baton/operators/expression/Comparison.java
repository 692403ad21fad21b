package dev.baton.operators.expression;

/** Compares two values of the same kind; all six operators come down to equal, less, not more. */
final class Comparison extends Node {
  private final Infix operator;

  Comparison(Expression source, Infix operator, Node left, Node right) {
    super(source, Kind.BOOL, left, right);
    this.operator = operator;
  }

  @Override
  void compute(Block block, long[] active) {
    combineValidity();
    compare(operator, children[0], children[1], bits, block);
  }

  /** Writes where {@code a operator b}, whatever their validity. */
  static void compare(Infix operator, Node a, Node b, long[] to, Block block) {
    switch (operator) {
      case EQUAL -> equal(a, b, to, block);
      case NOT_EQUAL -> {
        equal(a, b, to, block);
        for (int w = 0; w < block.words; w++) {
          to[w] = ~to[w];
        }
      }
      case LESS -> less(a, b, to, block);
      case GREATER -> less(b, a, to, block);
      case LESS_OR_EQUAL -> notMore(a, b, to, block);
      default -> notMore(b, a, to, block);
    }
  }

  private static void equal(Node a, Node b, long[] to, Block block) {
    switch (a.kind) {
      case BOOL -> {
        for (int w = 0; w < block.words; w++) {
          to[w] = ~(a.bits[w] ^ b.bits[w]);
        }
      }
      case FLOAT -> {
        for (int w = 0; w < block.words; w++) {
          to[w] = equalWord(a.doubles, b.doubles, w << 6);
        }
      }
      case TEXT -> {
        for (int w = 0; w < block.words; w++) {
          int end = Math.min(64, block.rows - (w << 6));
          long word = 0;
          for (int j = 0, i = w << 6; j < end; j++, i++) {
            boolean same =
                a.lengths[i] == b.lengths[i] && Bytes.equal(a.longs[i], b.longs[i], a.lengths[i]);
            word |= (same ? 1L : 0L) << j;
          }
          to[w] = word;
        }
      }
      default -> {
        for (int w = 0; w < block.words; w++) {
          to[w] = equalWord(a.longs, b.longs, w << 6);
        }
      }
    }
  }

  private static void less(Node a, Node b, long[] to, Block block) {
    switch (a.kind) {
      case BOOL -> {
        for (int w = 0; w < block.words; w++) {
          to[w] = ~a.bits[w] & b.bits[w];
        }
      }
      case FLOAT -> {
        for (int w = 0; w < block.words; w++) {
          to[w] = lessWord(a.doubles, b.doubles, w << 6);
        }
      }
      case TEXT -> {
        for (int w = 0; w < block.words; w++) {
          int end = Math.min(64, block.rows - (w << 6));
          long word = 0;
          for (int j = 0, i = w << 6; j < end; j++, i++) {
            int order = Bytes.compare(a.longs[i], a.lengths[i], b.longs[i], b.lengths[i]);
            word |= (order < 0 ? 1L : 0L) << j;
          }
          to[w] = word;
        }
      }
      default -> {
        for (int w = 0; w < block.words; w++) {
          to[w] = lessWord(a.longs, b.longs, w << 6);
        }
      }
    }
  }

  private static void notMore(Node a, Node b, long[] to, Block block) {
    if (a.kind == Kind.FLOAT) {
      // Not the opposite of less: a NaN makes both false.
      for (int w = 0; w < block.words; w++) {
        to[w] = notMoreWord(a.doubles, b.doubles, w << 6);
      }
      return;
    }
    less(b, a, to, block);
    for (int w = 0; w < block.words; w++) {
      to[w] = ~to[w];
    }
  }

  // Each packs 64 comparisons into a word; rows past the end of the block are compared as junk.

  private static long equalWord(long[] a, long[] b, int first) {
    long word = 0;
    for (int j = 0; j < 64; j++) {
      word |= (a[first + j] == b[first + j] ? 1L : 0L) << j;
    }
    return word;
  }

  private static long lessWord(long[] a, long[] b, int first) {
    long word = 0;
    for (int j = 0; j < 64; j++) {
      word |= (a[first + j] < b[first + j] ? 1L : 0L) << j;
    }
    return word;
  }

  private static long equalWord(double[] a, double[] b, int first) {
    long word = 0;
    for (int j = 0; j < 64; j++) {
      word |= (a[first + j] == b[first + j] ? 1L : 0L) << j;
    }
    return word;
  }

  private static long lessWord(double[] a, double[] b, int first) {
    long word = 0;
    for (int j = 0; j < 64; j++) {
      word |= (a[first + j] < b[first + j] ? 1L : 0L) << j;
    }
    return word;
  }

  private static long notMoreWord(double[] a, double[] b, int first) {
    long word = 0;
    for (int j = 0; j < 64; j++) {
      word |= (a[first + j] <= b[first + j] ? 1L : 0L) << j;
    }
    return word;
  }
}
