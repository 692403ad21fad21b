package dev.baton.operators.rows;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Adds or replaces columns by a function of your own, called for every batch with its Arrow
 * columns. From Java only; write a {@link Transform} of your own to name it in files and run it in
 * processes.
 *
 * <pre>{@code
 * new MapBatches(Columns.of("width"), List.of(Types.field("half", Types.FLOAT64)),
 *     (batch, context) -> {
 *       Float8Vector width = (Float8Vector) batch.column("width");
 *       Float8Vector half = Vectors.fixed(Types.field("half", Types.FLOAT64), batch.rows(), context.allocator());
 *       …
 *       batch.put(half);
 *     })
 * }</pre>
 *
 * <p>Columns that neither it nor a later stage reads may be missing from the batch. What it throws
 * ends the run, and so does an output that is missing or of another type than it says.
 *
 * <p>Cost: that of the function.
 *
 * <p>Like: scikit-learn FunctionTransformer; Ray Data {@code map_batches}.
 *
 * @param columns columns the function reads, of any type
 * @param outputs columns the function puts into the batch; one of the name of an existing column
 *     replaces that
 * @param changesRows whether it can drop, repeat or reorder rows (default false)
 * @param nature whether a global lock is held while it runs: {@code row} as for any function of a
 *     user (default), {@code columnar} or {@code blocking}
 * @param function what to do with a batch; must not change anything but that
 */
public record MapBatches(
    Columns columns,
    List<Field> outputs,
    boolean changesRows,
    Nature nature,
    BatchFunction function)
    implements Transform {
  public MapBatches {
    outputs = List.copyOf(outputs);
    Objects.requireNonNull(nature, "nature");
    Objects.requireNonNull(function, "function");
  }

  /** A function that keeps the rows and holds the global lock. */
  public MapBatches(Columns columns, List<Field> outputs, BatchFunction function) {
    this(columns, outputs, false, Nature.ROW, function);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    binder.read(columns);
    outputs.forEach(binder::put);
    if (changesRows) {
      binder.changesRows();
    }
    return binder.transform(context -> batch -> apply(batch, context));
  }

  private void apply(Batch batch, KernelContext context) throws Exception {
    int rows = batch.rows();
    function.apply(batch, context);
    if (batch.rows() != rows && !changesRows) {
      throw new IllegalStateException(
          String.format(
              "the function made %d rows of %d; set changesRows if that is meant",
              batch.rows(), rows));
    }
    for (Field output : outputs) {
      if (!batch.has(output.getName())) {
        throw new ValueException(
            output.getName(), 0, "the function did not put this column into the batch");
      }
      Field found = batch.column(output.getName()).getField();
      if (!found.equals(output)) {
        throw new ValueException(
            output.getName(), 0, "the function was to make " + output + " but made " + found);
      }
    }
  }
}
