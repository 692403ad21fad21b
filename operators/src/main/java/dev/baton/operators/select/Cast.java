package dev.baton.operators.select;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Converts columns to another type. Nulls stay null.
 *
 * <p>Numbers and booleans become each other (true is 1; only 0 and 1 become booleans) or text;
 * dates and timestamps become each other (a date is its midnight, a timestamp loses its time) or
 * ISO 8601 text; text becomes any of these. Large whole numbers are rounded to the nearest float,
 * and float64 to the nearest float32. Not converted are numbers that do not fit, fractions, NaN and
 * infinities to whole numbers, and text that is not wholly a value: {@code 12}, {@code -1.5e3},
 * {@code NaN}, {@code inf}, {@code true}, {@code 0}, {@code 2024-02-29}, {@code 2024-02-29
 * 23:59:59.123456} (a T instead of the blank, and no seconds or no time, will do).
 *
 * <p>Text is read as CSV is, with two differences: 0 and 1 are booleans here, and a float too large
 * is refused, not infinite. Timestamps are written as in CSV, with as many decimals as they need;
 * floats as the JDK prints them.
 *
 * <p>Cost: one pass; parsing and printing where text is involved.
 *
 * <p>Like: pandas astype; Spark ML cast (of columns, null instead of an error).
 *
 * @param columns columns to convert
 * @param to the new type: bool, int8, int16, int32, int64, float32, float64, utf8, date or
 *     timestamp
 * @param truncate whether floats that become whole numbers lose their fraction instead of being
 *     refused
 * @param onError what becomes of a value that cannot be converted: {@code fail} or {@code
 *     make-null}
 */
public record Cast(Columns columns, ArrowType to, boolean truncate, OnError onError)
    implements Transform {
  private static final TypeFamily[] FROM = {
    TypeFamily.NUMERIC, TypeFamily.BOOLEAN, TypeFamily.TEXT, TypeFamily.TEMPORAL
  };

  public Cast {
    if (!Types.names().contains(Types.name(to)) || to.equals(Types.BINARY)) {
      throw new IllegalArgumentException("cannot cast to " + Types.name(to));
    }
  }

  /** Refuses fractions, and fails at a value that cannot be converted. */
  public Cast(Columns columns, ArrowType to) {
    this(columns, to, false, OnError.FAIL);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> changed = new ArrayList<>();
    for (Field field : binder.read(columns, FROM)) {
      if (isTemporal(field.getType()) != isTemporal(to)
          && !isText(field.getType())
          && !isText(to)) {
        throw new BindException(
            String.format(
                "column '%s' is %s, which does not become %s; cast it to utf8 first",
                field.getName(), Types.name(field.getType()), Types.name(to)));
      }
      if (!field.getType().equals(to)) {
        changed.add(field);
        binder.put(Types.field(field.getName(), to));
      }
    }
    return binder.transform(
        context -> {
          List<CastColumn> casts = new ArrayList<>();
          changed.forEach(field -> casts.add(new CastColumn(this, field, context)));
          return batch -> casts.forEach(cast -> cast.apply(batch));
        });
  }

  private static boolean isTemporal(ArrowType type) {
    return TypeFamily.TEMPORAL.accepts(type);
  }

  private static boolean isText(ArrowType type) {
    return TypeFamily.TEXT.accepts(type);
  }
}
