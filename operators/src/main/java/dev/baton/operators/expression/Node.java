package dev.baton.operators.expression;

import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.ValueException;
import java.util.Arrays;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * One step of a compiled expression: computes its values for a {@link Block} of rows from those of
 * its children, in straight loops. Belongs to one kernel.
 *
 * <p>A node writes only its own arrays, which its parents read until the next block. What they hold
 * where a value is null, and past the last row of the block, is junk; but the bytes of a text may
 * always be read, for every row of the block.
 */
abstract class Node implements AutoCloseable {
  static final Node[] NO_CHILDREN = {};

  /** What the user wrote, for messages. */
  final Expression source;

  final Kind kind;

  /** The type of a column made of the values: narrower than {@link #kind} after a cast. */
  final ArrowType type;

  final Node[] children;

  /** A bitmap: set where there is a value. */
  long[] valid;

  /** A bitmap of the values of BOOL. */
  long[] bits;

  /** INT; days of DATE and microseconds of TIMESTAMP since 1970; addresses of the bytes of TEXT. */
  long[] longs;

  /** FLOAT. */
  double[] doubles;

  /** The number of bytes of TEXT. */
  int[] lengths;

  Node(Expression source, Kind kind, ArrowType type, Node... children) {
    this.source = source;
    this.kind = kind;
    this.type = type;
    this.children = children;
  }

  Node(Expression source, Kind kind, Node... children) {
    this(source, kind, kind.type, children);
  }

  /** Allocates the arrays of this node and those below it, before any block. */
  void open(KernelContext context) {
    if (valid != null) {
      return; // A column used twice has one node.
    }
    for (Node child : children) {
      child.open(context);
    }
    valid = new long[Block.WORDS];
    switch (kind) {
      case BOOL -> bits = new long[Block.WORDS];
      case FLOAT -> doubles = new double[Block.ROWS];
      case TEXT -> {
        longs = new long[Block.ROWS];
        lengths = new int[Block.ROWS];
      }
      default -> longs = new long[Block.ROWS];
    }
  }

  /**
   * Computes the values of the block.
   *
   * @param active a bitmap of the rows whose result matters: only there may a bad value be an error
   */
  void run(Block block, long[] active) {
    for (Node child : children) {
      child.run(block, active);
    }
    compute(block, active);
  }

  /** Computes the values from those of the children. */
  abstract void compute(Block block, long[] active);

  /** Makes a row null if it is so in any child. */
  final void combineValidity() {
    System.arraycopy(children[0].valid, 0, valid, 0, Block.WORDS);
    for (int c = 1; c < children.length; c++) {
      long[] other = children[c].valid;
      for (int w = 0; w < Block.WORDS; w++) {
        valid[w] &= other[w];
      }
    }
  }

  /** Copies the values of another node of the same kind in the rows of a bitmap. */
  final void copyFrom(Node from, long[] rows, int words) {
    for (int w = 0; w < words; w++) {
      long mask = rows[w];
      valid[w] = (valid[w] & ~mask) | (from.valid[w] & mask);
      if (kind == Kind.BOOL) {
        bits[w] = (bits[w] & ~mask) | (from.bits[w] & mask);
      } else if (mask == -1L) {
        copyRows(from, w << 6, 64);
      } else {
        for (long left = mask; left != 0; left &= left - 1) {
          copyRows(from, (w << 6) + Long.numberOfTrailingZeros(left), 1);
        }
      }
    }
  }

  private void copyRows(Node from, int first, int count) {
    if (kind == Kind.FLOAT) {
      System.arraycopy(from.doubles, first, doubles, first, count);
    } else {
      System.arraycopy(from.longs, first, longs, first, count);
      if (kind == Kind.TEXT) {
        System.arraycopy(from.lengths, first, lengths, first, count);
      }
    }
  }

  /** Makes every row null. */
  final void clear() {
    Arrays.fill(valid, 0L);
    if (lengths != null) {
      Arrays.fill(lengths, 0);
    }
  }

  static boolean isSet(long[] bitmap, int row) {
    return ((bitmap[row >>> 6] >>> row) & 1) != 0;
  }

  /** An error about a value, attributed to the first column that has to do with it. */
  final ValueException bad(Block block, int row, String problem) {
    String column = firstColumn(this);
    return new ValueException(
        column == null ? "" : column, block.first + row, "'" + source + "' " + problem);
  }

  private static String firstColumn(Node node) {
    if (node instanceof ColumnNode column) {
      return column.name;
    }
    for (Node child : node.children) {
      String name = firstColumn(child);
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  /** Releases off-heap scratch memory; may be called twice. */
  @Override
  public void close() {
    for (Node child : children) {
      child.close();
    }
  }
}
