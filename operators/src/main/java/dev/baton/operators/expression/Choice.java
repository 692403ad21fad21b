package dev.baton.operators.expression;

import java.util.Arrays;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Takes each row's value from one of several places; the others are not asked about that row. */
final class Choice {
  private Choice() {}

  private static Node[] join(Node[] a, Node[] b) {
    Node[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private static boolean none(long[] rows, int words) {
    for (int w = 0; w < words; w++) {
      if (rows[w] != 0) {
        return false;
      }
    }
    return true;
  }

  static final class Case extends Node {
    private final Node[] conditions;
    private final Node[] results;
    private final long[] left = new long[Block.WORDS];
    private final long[] taken = new long[Block.WORDS];

    /**
     * @param type of the result, or null for that of its kind
     * @param results one more than there are conditions
     */
    Case(Expression source, ArrowType type, Node[] conditions, Node[] results) {
      super(
          source,
          results[0].kind,
          type == null ? results[0].kind.type : type,
          join(conditions, results));
      this.conditions = conditions;
      this.results = results;
    }

    @Override
    void run(Block block, long[] active) {
      clear();
      System.arraycopy(active, 0, left, 0, Block.WORDS);
      for (int c = 0; c < conditions.length && !none(left, block.words); c++) {
        Node condition = conditions[c];
        condition.run(block, left);
        for (int w = 0; w < block.words; w++) {
          taken[w] = left[w] & condition.valid[w] & condition.bits[w];
          left[w] &= ~taken[w];
        }
        take(results[c], block, taken);
      }
      take(results[conditions.length], block, left);
    }

    private void take(Node result, Block block, long[] rows) {
      if (!none(rows, block.words)) {
        result.run(block, rows);
        copyFrom(result, rows, block.words);
      }
    }

    @Override
    void compute(Block block, long[] active) {}
  }

  /** The first value that is not null. */
  static final class Coalesce extends Node {
    private final long[] left = new long[Block.WORDS];
    private final long[] taken = new long[Block.WORDS];

    Coalesce(Expression source, ArrowType type, Node... values) {
      super(source, values[0].kind, type == null ? values[0].kind.type : type, values);
    }

    @Override
    void run(Block block, long[] active) {
      clear();
      System.arraycopy(active, 0, left, 0, Block.WORDS);
      for (int c = 0; c < children.length && !none(left, block.words); c++) {
        Node value = children[c];
        value.run(block, left);
        for (int w = 0; w < block.words; w++) {
          taken[w] = left[w] & value.valid[w];
          left[w] &= ~taken[w];
        }
        copyFrom(value, taken, block.words);
      }
    }

    @Override
    void compute(Block block, long[] active) {}
  }

  /** The first value, but null where the second equals it. */
  static final class NullIf extends Node {
    private final long[] same = new long[Block.WORDS];
    private final long[] all = new long[Block.WORDS];

    NullIf(Expression source, Node value, Node other) {
      super(source, value.kind, value.type, value, other);
      Arrays.fill(all, -1L);
    }

    @Override
    void compute(Block block, long[] active) {
      Comparison.compare(Infix.EQUAL, children[0], children[1], same, block);
      copyFrom(children[0], all, block.words);
      for (int w = 0; w < block.words; w++) {
        valid[w] &= ~(same[w] & children[1].valid[w]);
      }
    }
  }

  /** {@code least} or {@code greatest} of two values; a null loses, a NaN wins. */
  static final class Extreme extends Node {
    private final boolean least;
    private final long[] fromA = new long[Block.WORDS];
    private final long[] fromB = new long[Block.WORDS];

    Extreme(Expression source, ArrowType type, boolean least, Node a, Node b) {
      super(source, a.kind, type == null ? a.kind.type : type, a, b);
      this.least = least;
    }

    @Override
    void compute(Block block, long[] active) {
      Node a = children[0];
      Node b = children[1];
      int words = block.words;
      // Rows decided by comparing or by Math.min are overwritten where only one side has a value.
      if (kind == Kind.FLOAT) {
        floats(a.doubles, b.doubles);
        for (int w = 0; w < words; w++) {
          fromA[w] = a.valid[w] & ~b.valid[w];
          fromB[w] = b.valid[w] & ~a.valid[w];
          valid[w] = a.valid[w] & b.valid[w];
        }
      } else {
        Comparison.compare(least ? Infix.LESS : Infix.GREATER, a, b, fromA, block);
        for (int w = 0; w < words; w++) {
          fromA[w] = a.valid[w] & (fromA[w] | ~b.valid[w]);
          fromB[w] = ~fromA[w];
        }
      }
      copyFrom(a, fromA, words);
      copyFrom(b, fromB, words);
    }

    private void floats(double[] a, double[] b) {
      double[] to = doubles;
      if (least) {
        for (int i = 0; i < Block.ROWS; i++) {
          to[i] = Math.min(a[i], b[i]);
        }
      } else {
        for (int i = 0; i < Block.ROWS; i++) {
          to[i] = Math.max(a[i], b[i]);
        }
      }
    }
  }
}
