package dev.baton.operators.expression;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.KernelContext;
import java.util.Arrays;
import org.apache.arrow.vector.types.pojo.Schema;

/** An expression compiled for one schema and one worker. */
final class Program implements AutoCloseable {
  /** Takes the values of a block while they last, which is until it returns. */
  interface Sink {
    void take(Node values, Block block);
  }

  private final Node root;
  private final KernelContext context;
  private final long[] active = new long[Block.WORDS];

  private Program(Node root, KernelContext context) {
    this.root = root;
    this.context = context;
  }

  /**
   * @param kind what the values are to be, which {@code expression} can be converted to
   */
  static Program open(Expression expression, Schema schema, Kind kind, KernelContext context) {
    Node compiled = new Compiler(name -> Columns.find(schema, name)).compile(expression);
    Node root = Compiler.convert(compiled, kind);
    try {
      root.open(context);
      return new Program(root, context);
    } catch (Throwable e) {
      root.close();
      throw e;
    }
  }

  /** Computes the expression for every row, a block at a time. */
  void run(Batch batch, Sink sink) {
    Block block = new Block(batch);
    for (int first = 0; first < batch.rows(); first += Block.ROWS) {
      block.moveTo(first);
      Arrays.fill(active, 0L);
      Arrays.fill(active, 0, block.rows >>> 6, -1L);
      if ((block.rows & 63) != 0) {
        active[block.rows >>> 6] = (1L << block.rows) - 1;
      }
      root.run(block, active);
      sink.take(root, block);
      context.checkpoint();
    }
  }

  @Override
  public void close() {
    root.close();
  }
}
