package dev.baton.operators.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class ConvertZoneTest extends OperatorContract {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final ArrowType ZONED =
      new ArrowType.Timestamp(TimeUnit.MILLISECOND, "America/New_York");

  @Override
  protected Operator operator() {
    return new ConvertZone(Columns.of("seen_at", "sent_at"), PARIS, true);
  }

  @Override
  protected Schema input() {
    return Rows.schema("seen_at", Types.TIMESTAMP, "sent_at", ZONED);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return rows.with(
            Types.field("seen_at", Types.TIMESTAMP), "seen_at", value -> local(value, 1_000_000))
        .with(
            Types.field("sent_at", new ArrowType.Timestamp(TimeUnit.MILLISECOND, null)),
            "sent_at",
            value -> local(value, 1_000));
  }

  private static Object local(Object value, long perSecond) {
    if (value == null) {
      return null;
    }
    long units = ((Number) value).longValue();
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(units, perSecond));
    long seconds = LocalDateTime.ofInstant(instant, PARIS).toEpochSecond(ZoneOffset.UTC);
    return seconds * perSecond + Math.floorMod(units, perSecond);
  }

  @Test
  void theInstantStaysWithoutLocal() {
    Rows rows = rows(100, 1, dev.baton.engine.testkit.RandomRows.Mix.ALL);
    Rows moved = drive.transform(new ConvertZone(Columns.of("seen_at", "sent_at"), PARIS), rows);
    assertEquals(rows.column("seen_at"), moved.column("seen_at"));
    assertEquals(rows.column("sent_at"), moved.column("sent_at"));
    assertEquals(
        List.of(
            new ArrowType.Timestamp(TimeUnit.MICROSECOND, "Europe/Paris"),
            new ArrowType.Timestamp(TimeUnit.MILLISECOND, "Europe/Paris")),
        moved.schema().getFields().stream().map(field -> field.getType()).toList());
  }

  @Test
  void aDateIsInNoZone() {
    BindException e =
        assertThrows(
            BindException.class,
            () ->
                Drive.declared(
                    new ConvertZone(Columns.of("d"), PARIS), Rows.schema("d", Types.DATE)));
    assertEquals(
        "column 'd' is date, which is in no time zone; cast it to timestamp before this stage",
        e.getMessage());
  }
}
