package dev.baton.engine.testkit;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Schema;

/** The contract holds for the smallest useful estimator: add to each value how many were seen. */
class OperatorContractTest extends OperatorContract {

  /** Adds the number of values that are not null. */
  record AddCount(Columns columns) implements Estimator<Count> {
    @Override
    public BoundEstimator<Count> bind(Binder binder) {
      String name = binder.read(columns, TypeFamily.INTEGER).get(0).getName();
      binder.put(Types.field(name, Types.FLOAT64));
      return binder.estimator(() -> new Count(name), count -> new Add(name, count.values));
    }
  }

  static final class Count implements FitState<Count> {
    private final String name;
    private long values;

    Count(String name) {
      this.name = name;
    }

    @Override
    public void observe(Batch batch) {
      FieldVector column = batch.column(name);
      values += batch.rows() - (batch.rows() == 0 ? 0 : Validity.nulls(column));
    }

    @Override
    public void merge(Count later) {
      values += later.values;
    }

    @Override
    public void write(StateWriter out) {
      out.longs(values);
    }

    @Override
    public void read(StateReader in) {
      values = in.longs()[0];
    }
  }

  record Add(String column, long amount) implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      binder.read(column, TypeFamily.INTEGER);
      binder.put(Types.field(column, Types.FLOAT64));
      return binder.transform(
          context ->
              batch -> {
                long at = Vectors.data(Vectors.writableDoubles(batch, column, context.allocator()));
                for (int row = 0; row < batch.rows(); row++) {
                  Memory.putDouble(at + 8L * row, Memory.getDouble(at + 8L * row) + amount);
                }
              });
    }
  }

  @Override
  protected Operator operator() {
    return new AddCount(Columns.of("n"));
  }

  @Override
  protected Schema input() {
    return Rows.schema("n", Types.INT32, "other", Types.UTF8);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    long count = seen.column("n").stream().filter(Objects::nonNull).count();
    return rows.with(
        Types.field("n", Types.FLOAT64),
        "n",
        n -> n == null ? null : (Object) ((Integer) n + (double) count));
  }
}
