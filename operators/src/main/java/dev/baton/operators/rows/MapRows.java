package dev.baton.operators.rows;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Adds or replaces columns by a function of your own, called for every row. From Java only.
 *
 * <pre>{@code
 * new MapRows(Columns.of("width", "height"), List.of(Types.field("area", Types.FLOAT64)),
 *     (in, out) -> {
 *       if (!in.isNull(0) && !in.isNull(1)) {
 *         out.setDouble(0, in.getDouble(0) * in.getDouble(1));
 *       }
 *     })
 * }</pre>
 *
 * <p>The function holds the global lock where there is one. What it throws ends the run, naming the
 * row.
 *
 * <p>Cost: one call for each row, without an object made for it.
 *
 * <p>Like: scikit-learn FunctionTransformer; NVTabular LambdaOp; Ray Data map.
 *
 * @param columns columns the function reads, by their position here: numbers, booleans, text, dates
 *     and timestamps
 * @param outputs columns the function writes, by their position here, of such types too; one of the
 *     name of an existing column replaces that
 * @param function what to do with a row; must not change anything but its output
 */
public record MapRows(Columns columns, List<Field> outputs, RowFunction function)
    implements Transform {
  /** Rows between two checkpoints: few, as nobody knows how long a user's function takes. */
  private static final int STRIDE = 64;

  public MapRows {
    outputs = List.copyOf(outputs);
    for (Field field : outputs) {
      if (Slot.of(field.getType()) == null) {
        throw new IllegalArgumentException("rows cannot hold " + field);
      }
    }
  }

  @Override
  public Nature nature() {
    return Nature.ROW;
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> inputs = binder.read(columns);
    for (Field field : inputs) {
      if (Slot.of(field.getType()) == null) {
        throw new BindException(
            String.format(
                "column '%s' is %s, which a row cannot hold",
                field.getName(), Types.name(field.getType())));
      }
    }
    outputs.forEach(binder::put);
    return binder.transform(context -> new RowKernel(inputs, context));
  }

  private static Slot[] slots(List<Field> fields) {
    return fields.stream().map(field -> Slot.of(field.getType())).toArray(Slot[]::new);
  }

  private final class RowKernel implements Kernel {
    private final KernelContext context;
    private final RowReader in;
    private final RowWriter out;

    RowKernel(List<Field> inputs, KernelContext context) {
      this.context = context;
      this.in = new RowReader(inputs.stream().map(Field::getName).toList(), slots(inputs));
      this.out = new RowWriter(outputs, slots(outputs));
    }

    @Override
    public void apply(Batch batch) {
      try {
        in.open(batch);
        out.open(batch.rows(), context.allocator());
        for (int row = 0; row < batch.rows(); row++) {
          if (row % STRIDE == 0) {
            context.checkpoint();
          }
          in.row(row);
          out.row(row);
          call(row);
          out.endRow();
        }
        out.putInto(batch);
      } finally {
        out.close();
      }
    }

    private void call(int row) {
      try {
        function.apply(in, out);
      } catch (Exception e) {
        throw new ValueException(null, row, "the row function failed: " + e, e);
      }
    }
  }
}
