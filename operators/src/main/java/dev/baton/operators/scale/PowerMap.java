package dev.baton.operators.scale;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.operator.ValueException;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * A power, then {@code (y - offset) * factor}, for each column; what a {@link PowerTransformer}
 * makes when it is fitted.
 *
 * @param columns what to do with each column
 * @param power the family of power functions
 */
record PowerMap(List<Column> columns, Power power) implements Transform {
  /**
   * One column's power.
   *
   * @param name the column
   * @param lambda the power
   * @param offset what is taken away from it
   * @param factor what is multiplied by then
   */
  record Column(String name, double lambda, double offset, double factor) {}

  PowerMap {
    columns = List.copyOf(columns);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    for (Column column : columns) {
      binder.read(column.name(), TypeFamily.NUMERIC);
      binder.put(Types.field(column.name(), Types.FLOAT64));
    }
    return binder.transform(
        context ->
            batch -> {
              for (Column column : columns) {
                apply(column, Vectors.writableDoubles(batch, column.name(), context.allocator()));
                context.checkpoint();
              }
            });
  }

  private void apply(Column column, FieldVector vector) {
    long data = Vectors.data(vector);
    int rows = vector.getValueCount();
    if (power == Power.BOX_COX) {
      refuseNotPositive(vector, data, rows);
    }
    double lambda = column.lambda();
    double offset = column.offset();
    double factor = column.factor();
    for (int row = 0; row < rows; row++) {
      long at = data + 8L * row;
      Memory.putDouble(at, (power.apply(Memory.getDouble(at), lambda) - offset) * factor);
    }
  }

  private static void refuseNotPositive(FieldVector vector, long data, int rows) {
    for (int row = 0; row < rows; row++) {
      double x = Memory.getDouble(data + 8L * row);
      if (x <= 0 && Validity.isSet(Validity.address(vector), row)) {
        throw new ValueException(
            vector.getName(),
            row,
            "box-cox takes positive values only but was " + x + "; clip before this stage");
      }
    }
  }
}
