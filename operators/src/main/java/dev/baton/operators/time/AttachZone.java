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
 * Says that timestamps without a zone are what the clock on the wall shows in a time zone, in
 * place: they become instants with that zone. Nulls stay null.
 *
 * <p>Cost: linear; two comparisons a row but near a change of the clock.
 *
 * <p>Like: Spark ML SQLTransformer (with to_utc_timestamp, which adjusts unclear times).
 *
 * @param columns timestamp columns of any unit, without a zone
 * @param zone the zone, such as {@code Europe/Paris}
 * @param unclear what becomes of a time that does not exist there, or exists twice, because the
 *     clock was changed: {@code fail} (the default), {@code adjust} (a time in a gap is moved on by
 *     the length of the gap; of two the earlier is taken) or {@code make-null}
 */
public record AttachZone(Columns columns, ZoneId zone, Unclear unclear) implements Transform {

  /** What becomes of a time that does not exist, or exists twice. */
  public enum Unclear {
    FAIL,
    ADJUST,
    MAKE_NULL
  }

  public AttachZone {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(unclear, "unclear");
  }

  public AttachZone(Columns columns, ZoneId zone) {
    this(columns, zone, Unclear.FAIL);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> outputs = new ArrayList<>();
    for (Field field : binder.read(columns, TypeFamily.TEMPORAL)) {
      ArrowType.Timestamp type = ConvertZone.timestamp(field);
      if (type.getTimezone() != null) {
        throw new BindException(
            String.format(
                "column '%s' is in the zone %s already; use convert-zone to change it",
                field.getName(), type.getTimezone()));
      }
      outputs.add(
          Types.field(field.getName(), new ArrowType.Timestamp(type.getUnit(), zone.getId())));
    }
    outputs.forEach(binder::put);
    return binder.transform(
        context -> {
          Zone from = new Zone(zone);
          return new ZoneKernel(outputs, context, local -> instant(from, local));
        });
  }

  private long instant(Zone from, long local) {
    long utc = from.toUtc(local);
    if (utc != Zone.UNCLEAR || unclear == Unclear.MAKE_NULL) {
      return utc;
    }
    if (unclear == Unclear.ADJUST) {
      return from.toUtcAnyway(local);
    }
    throw new UnclearException(
        String.format(
            "%s %s in %s, where the clock was changed; set unclear to adjust or make-null",
            java.time.LocalDateTime.ofEpochSecond(local, 0, java.time.ZoneOffset.UTC),
            from.isTwice(local) ? "exists twice" : "does not exist",
            zone));
  }

  /** A time that is unclear; the kernel adds column and row. */
  static final class UnclearException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnclearException(String message) {
      super(message);
    }
  }
}
