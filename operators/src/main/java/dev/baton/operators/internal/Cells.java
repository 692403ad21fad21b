package dev.baton.operators.internal;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.TypeFamily;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Single values as Java objects, which are what requests are made of. */
public final class Cells {
  private Cells() {}

  /** Columns whose values can be part of a request. */
  public static TypeFamily[] accepted() {
    return new TypeFamily[] {TypeFamily.TEXT, TypeFamily.NUMERIC, TypeFamily.BOOLEAN};
  }

  /** A string, long, double or boolean, or null. */
  public static Object get(Batch batch, String name, int row) {
    FieldVector column = batch.column(name);
    if (column.isNull(row)) {
      return null;
    }
    ArrowType type = column.getField().getType();
    if (TypeFamily.TEXT.accepts(type)) {
      return Strings.of(column, row);
    }
    if (type.equals(Types.FLOAT64)) {
      return Memory.getDouble(Vectors.data(column) + 8L * row);
    }
    if (type.equals(Types.FLOAT32)) {
      return (double) Memory.getFloat(Vectors.data(column) + 4L * row);
    }
    long[] value = new long[1];
    Longs.load(column, row, 1, value);
    return TypeFamily.BOOLEAN.accepts(type) ? (Object) (value[0] != 0) : (Object) value[0];
  }
}
