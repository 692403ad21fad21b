package dev.baton.operators.expression;

import java.util.Arrays;

/** Three-valued logic, 64 rows at a time. */
final class Logic {
  private Logic() {}

  /** {@code and}, {@code or}. Where the left side decides, a bad value on the right is no error. */
  static final class Connective extends Node {
    private final boolean and;
    private final long[] undecided = new long[Block.WORDS];

    Connective(Expression source, boolean and, Node left, Node right) {
      super(source, Kind.BOOL, left, right);
      this.and = and;
    }

    @Override
    void run(Block block, long[] active) {
      Node left = children[0];
      left.run(block, active);
      for (int w = 0; w < Block.WORDS; w++) {
        long decided = left.valid[w] & (and ? ~left.bits[w] : left.bits[w]);
        undecided[w] = active[w] & ~decided;
      }
      children[1].run(block, undecided);
      compute(block, active);
    }

    @Override
    void compute(Block block, long[] active) {
      Node a = children[0];
      Node b = children[1];
      for (int w = 0; w < Block.WORDS; w++) {
        long va = a.valid[w];
        long vb = b.valid[w];
        if (and) {
          long isFalse = (va & ~a.bits[w]) | (vb & ~b.bits[w]);
          valid[w] = (va & vb) | isFalse;
          bits[w] = ~isFalse;
        } else {
          long isTrue = (va & a.bits[w]) | (vb & b.bits[w]);
          valid[w] = (va & vb) | isTrue;
          bits[w] = isTrue;
        }
      }
    }
  }

  static final class Not extends Node {
    Not(Expression source, Node value) {
      super(source, Kind.BOOL, value);
    }

    @Override
    void compute(Block block, long[] active) {
      combineValidity();
      for (int w = 0; w < Block.WORDS; w++) {
        bits[w] = ~children[0].bits[w];
      }
    }
  }

  static final class IsNull extends Node {
    IsNull(Expression source, Node value) {
      super(source, Kind.BOOL, value);
    }

    @Override
    void compute(Block block, long[] active) {
      Arrays.fill(valid, -1L);
      for (int w = 0; w < Block.WORDS; w++) {
        bits[w] = ~children[0].valid[w];
      }
    }
  }

  /** Equal to any of the others, which has the nulls of a chain of {@code = … or = …}. */
  static final class In extends Node {
    private final long[] same = new long[Block.WORDS];

    In(Expression source, Node... valueThenOptions) {
      super(source, Kind.BOOL, valueThenOptions);
    }

    @Override
    void compute(Block block, long[] active) {
      Node value = children[0];
      Arrays.fill(bits, 0L);
      System.arraycopy(value.valid, 0, valid, 0, Block.WORDS);
      for (int c = 1; c < children.length; c++) {
        Node option = children[c];
        Comparison.compare(Infix.EQUAL, value, option, same, block);
        for (int w = 0; w < Block.WORDS; w++) {
          bits[w] |= same[w] & value.valid[w] & option.valid[w];
          valid[w] &= option.valid[w];
        }
      }
      for (int w = 0; w < Block.WORDS; w++) {
        valid[w] |= bits[w];
      }
    }
  }

  /** {@code low <= value and value <= high}. */
  static final class Between extends Node {
    private final long[] below = new long[Block.WORDS];

    Between(Expression source, Node value, Node low, Node high) {
      super(source, Kind.BOOL, value, low, high);
    }

    @Override
    void compute(Block block, long[] active) {
      Node value = children[0];
      Comparison.compare(Infix.LESS_OR_EQUAL, children[1], value, bits, block);
      Comparison.compare(Infix.LESS_OR_EQUAL, value, children[2], below, block);
      for (int w = 0; w < Block.WORDS; w++) {
        long va = value.valid[w] & children[1].valid[w];
        long vb = value.valid[w] & children[2].valid[w];
        long isFalse = (va & ~bits[w]) | (vb & ~below[w]);
        valid[w] = (va & vb) | isFalse;
        bits[w] = ~isFalse;
      }
    }
  }
}
