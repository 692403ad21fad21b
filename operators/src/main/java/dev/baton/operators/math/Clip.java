package dev.baton.operators.math;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Copies;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Moves values outside two bounds to the nearer one. Columns keep their types; nulls and NaN stay
 * what they are.
 *
 * <p>Cost: one pass.
 *
 * <p>Like: NVTabular Clip; feature-engine ArbitraryOutlierCapper (bounds by column).
 *
 * @param columns numeric columns
 * @param min values below become this; -.inf for no lower bound. In an integer column rounded up
 * @param max values above become this; .inf for no upper bound. In an integer column rounded down
 */
public record Clip(Columns columns, double min, double max) implements Transform {
  public Clip {
    if (!(min <= max)) {
      throw new IllegalArgumentException(
          "min must not be more than max, but they were " + min + " and " + max);
    }
  }

  /** Has no bounds yet, which binding refuses. */
  public Clip(Columns columns) {
    this(columns, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    if (min == Double.NEGATIVE_INFINITY && max == Double.POSITIVE_INFINITY) {
      throw new BindException("clip has no bounds; give min, max or both");
    }
    List<Field> fields = binder.read(columns, TypeFamily.NUMERIC);
    for (Field field : fields) {
      check(field);
      binder.put(field);
    }
    List<String> names = fields.stream().map(Field::getName).toList();
    return binder.transform(
        context ->
            batch -> {
              for (String name : names) {
                apply(Copies.writable(batch, name, context.allocator()), batch);
              }
            });
  }

  /** A bound of an integer column must be one of its values, or the result would not fit. */
  private void check(Field field) {
    if (field.getType() instanceof ArrowType.Int type) {
      double limit = Math.scalb(1.0, type.getBitWidth() - 1);
      if (Math.ceil(min) > Math.floor(max) || Math.ceil(min) >= limit || Math.floor(max) < -limit) {
        throw new BindException(
            String.format(
                "column '%s' is %s, which has no value between %s and %s",
                field.getName(), Types.name(type), min, max));
      }
    }
  }

  private void apply(FieldVector column, Batch batch) {
    ArrowType type = column.getField().getType();
    long data = Vectors.data(column);
    int rows = batch.rows();
    if (type.equals(Types.FLOAT64)) {
      clipDoubles(data, rows, min, max);
    } else if (type.equals(Types.FLOAT32)) {
      clipFloats(data, rows);
    } else {
      clipIntegers(data, rows, ((ArrowType.Int) type).getBitWidth());
    }
  }

  /** Clips so many doubles from an address. */
  static void clipDoubles(long data, int rows, double low, double high) {
    for (int row = 0; row < rows; row++) {
      long at = data + 8L * row;
      Memory.putDouble(at, Math.min(Math.max(Memory.getDouble(at), low), high));
    }
  }

  private void clipFloats(long data, int rows) {
    float low = (float) min;
    float high = (float) max;
    for (int row = 0; row < rows; row++) {
      long at = data + 4L * row;
      Memory.putFloat(at, Math.min(Math.max(Memory.getFloat(at), low), high));
    }
  }

  private void clipIntegers(long data, int rows, int bits) {
    // A double beyond the range of long becomes the nearest long.
    long low = (long) Math.ceil(min);
    long high = (long) Math.floor(max);
    switch (bits) {
      case 64 -> {
        for (int row = 0; row < rows; row++) {
          long at = data + 8L * row;
          Memory.putLong(at, Math.min(Math.max(Memory.getLong(at), low), high));
        }
      }
      case 32 -> {
        for (int row = 0; row < rows; row++) {
          long at = data + 4L * row;
          Memory.putInt(at, (int) Math.min(Math.max(Memory.getInt(at), low), high));
        }
      }
      case 16 -> {
        for (int row = 0; row < rows; row++) {
          long at = data + 2L * row;
          Memory.putShort(at, (short) Math.min(Math.max(Memory.getShort(at), low), high));
        }
      }
      default -> {
        for (int row = 0; row < rows; row++) {
          long at = data + row;
          Memory.putByte(at, (byte) Math.min(Math.max(Memory.getByte(at), low), high));
        }
      }
    }
  }
}
