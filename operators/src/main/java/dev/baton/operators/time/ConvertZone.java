package dev.baton.operators.time;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Shows timestamps in another time zone, in place. A timestamp with a zone stays the same instant
 * and gets the new zone; one without is taken for UTC and gets the zone. With {@code local} the
 * result is what the clock on the wall shows there, without a zone. Nulls stay null.
 *
 * <p>Cost: linear; with {@code local} two comparisons a row more.
 *
 * <p>Like: Spark ML SQLTransformer (with from_utc_timestamp, which is local: true).
 *
 * @param columns timestamp columns of any unit
 * @param zone the zone, such as {@code Europe/Paris}
 * @param local whether to leave the wall clock there, without a zone (default false)
 */
public record ConvertZone(Columns columns, ZoneId zone, boolean local) implements Transform {

  public ConvertZone {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(zone, "zone");
  }

  public ConvertZone(Columns columns, ZoneId zone) {
    this(columns, zone, false);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> outputs = new ArrayList<>();
    for (Field field : binder.read(columns, TypeFamily.TEMPORAL)) {
      ArrowType.Timestamp type = timestamp(field);
      String shown = local ? null : zone.getId();
      outputs.add(Types.field(field.getName(), new ArrowType.Timestamp(type.getUnit(), shown)));
    }
    outputs.forEach(binder::put);
    return binder.transform(
        context -> {
          Zone shift = local ? new Zone(zone) : null;
          return new ZoneKernel(
              outputs, context, seconds -> shift == null ? seconds : shift.toLocal(seconds));
        });
  }

  /** The type of a column that must be a timestamp. */
  static ArrowType.Timestamp timestamp(Field field) {
    if (field.getType() instanceof ArrowType.Timestamp type) {
      return type;
    }
    throw new BindException(
        String.format(
            "column '%s' is %s, which is in no time zone; cast it to timestamp before this stage",
            field.getName(), Types.name(field.getType())));
  }
}
