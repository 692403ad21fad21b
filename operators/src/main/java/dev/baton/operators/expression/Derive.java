package dev.baton.operators.expression;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Adds a column computed from others, or replaces the one of its name.
 *
 * <p>Cost: an expression runs in blocks of a thousand rows, each of its nodes a loop.
 *
 * <p>Like: Spark ML SQLTransformer; NVTabular LambdaOp; pandas eval.
 *
 * @param column the name of the column
 * @param as its value, such as {@code coalesce(price, 0) * count}; it may use the column it
 *     replaces
 */
public record Derive(String column, Expression as) implements Transform {
  public Derive {
    if (column.isEmpty()) {
      throw new IllegalArgumentException("column must have a name");
    }
  }

  /** Checks an expression, noting the columns it reads. */
  static Node compile(Expression expression, Binder binder) {
    return new Compiler(
            name ->
                binder.read(
                    name,
                    TypeFamily.NUMERIC,
                    TypeFamily.TEXT,
                    TypeFamily.BOOLEAN,
                    TypeFamily.TEMPORAL))
        .compile(expression);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    Node root = compile(as, binder);
    if (root.kind == Kind.NULL) {
      throw new BindException(
          "expression '" + as + "' has no type; write cast(null as float64) or another type");
    }
    Field field = Types.field(column, root.type);
    Kind kind = root.kind;
    Schema schema = binder.input();
    binder.put(field);
    return binder.transform(
        context -> new DeriveKernel(field, Program.open(as, schema, kind, context), context));
  }

  private record DeriveKernel(Field field, Program program, KernelContext context)
      implements Kernel {
    @Override
    public void apply(Batch batch) {
      Output output = new Output(field, batch.rows(), context.allocator());
      try {
        program.run(batch, output);
      } catch (Throwable e) {
        output.close();
        throw e;
      }
      batch.put(output.finish());
    }

    @Override
    public void close() {
      program.close();
    }
  }
}
