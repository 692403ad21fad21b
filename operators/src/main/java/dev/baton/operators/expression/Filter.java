package dev.baton.operators.expression;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Keeps the rows for which a condition is true; where it is false or null the row is dropped.
 *
 * <p>Cost: that of the expression, and one copy of the rows that stay if any goes.
 *
 * <p>Like: Spark ML SQLTransformer; NVTabular Filter; Ray Data filter; pandas query.
 *
 * @param where a boolean expression, such as {@code age >= 18 and country is not null}
 */
public record Filter(Expression where) implements Transform {

  @Override
  public BoundTransform bind(Binder binder) {
    Compiler.require(where, "filter", Kind.BOOL, Derive.compile(where, binder));
    binder.changesRows();
    Schema schema = binder.input();
    return binder.transform(
        context -> new FilterKernel(Program.open(where, schema, Kind.BOOL, context), context));
  }

  private static final class FilterKernel implements Kernel {
    private final Program program;
    private final KernelContext context;
    private int[] selected = new int[0];
    private int count;

    FilterKernel(Program program, KernelContext context) {
      this.program = program;
      this.context = context;
    }

    @Override
    public void apply(Batch batch) {
      if (selected.length < batch.rows()) {
        selected = new int[batch.rows()];
      }
      count = 0;
      program.run(batch, this::select);
      if (count < batch.rows()) {
        batch.take(selected, count, context.allocator());
      }
    }

    private void select(Node condition, Block block) {
      int[] to = selected;
      int at = count;
      for (int w = 0; w < block.words; w++) {
        long rows = condition.bits[w] & condition.valid[w] & tail(block.rows - (w << 6));
        int first = block.first + (w << 6);
        for (; rows != 0; rows &= rows - 1) {
          to[at++] = first + Long.numberOfTrailingZeros(rows);
        }
      }
      count = at;
    }

    private static long tail(int rows) {
      return dev.baton.engine.batch.Validity.tail(rows);
    }

    @Override
    public void close() {
      program.close();
    }
  }
}
