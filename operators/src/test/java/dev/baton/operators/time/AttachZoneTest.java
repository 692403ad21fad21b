package dev.baton.operators.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.time.AttachZone.Unclear;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachZoneTest extends OperatorContract {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final ArrowType SECONDS = new ArrowType.Timestamp(TimeUnit.SECOND, null);

  @Override
  protected Operator operator() {
    return new AttachZone(Columns.of("seen_at", "sent_at"), NEW_YORK, Unclear.ADJUST);
  }

  @Override
  protected Schema input() {
    return Rows.schema("seen_at", Types.TIMESTAMP, "sent_at", SECONDS);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return rows.with(
            Types.field("seen_at", new ArrowType.Timestamp(TimeUnit.MICROSECOND, NEW_YORK.getId())),
            "seen_at",
            value -> instant(value, 1_000_000, NEW_YORK))
        .with(
            Types.field("sent_at", new ArrowType.Timestamp(TimeUnit.SECOND, NEW_YORK.getId())),
            "sent_at",
            value -> instant(value, 1, NEW_YORK));
  }

  private static Object instant(Object value, long perSecond, ZoneId zone) {
    if (value == null) {
      return null;
    }
    long units = ((Number) value).longValue();
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(Math.floorDiv(units, perSecond), 0, ZoneOffset.UTC);
    return local.atZone(zone).toEpochSecond() * perSecond + Math.floorMod(units, perSecond);
  }

  private List<Object> attach(ZoneId zone, Unclear unclear, List<Object> seconds) {
    List<Object[]> cells = new ArrayList<>();
    seconds.forEach(second -> cells.add(Rows.row(second)));
    return drive
        .transform(
            new AttachZone(Columns.of("t"), zone, unclear),
            new Rows(Rows.schema("t", SECONDS), cells))
        .column("t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "America/New_York",
        "Europe/Lisbon",
        "Africa/Casablanca",
        "Pacific/Apia",
        "Asia/Pyongyang",
        "Australia/Lord_Howe",
        "Africa/Monrovia",
        "+05:30",
        "UTC"
      })
  void aroundChangesOfTheClockItIsWhatTheJdkSays(String name) {
    ZoneId zone = ZoneId.of(name);
    List<Object> seconds = new ArrayList<>();
    for (long day = -30_000; day < 60_000; day += 13) {
      seconds.add(day * 86_400 + Math.floorMod(day * 7919, 86_400));
    }
    var transitions =
        zone.getRules().nextTransition(java.time.Instant.parse("1899-01-01T00:00:00Z"));
    while (transitions != null && transitions.getInstant().getEpochSecond() < 4_200_000_000L) {
      long at = transitions.toEpochSecond();
      for (long offset = -40 * 3600; offset <= 40 * 3600; offset += 1_799) {
        seconds.add(at + offset);
      }
      transitions = zone.getRules().nextTransition(transitions.getInstant());
    }
    List<Object> expected = new ArrayList<>();
    seconds.forEach(second -> expected.add(instant(second, 1, zone)));
    assertEquals(expected, attach(zone, Unclear.ADJUST, seconds));
  }

  @Test
  void unclearTimesCanBeNull() {
    List<Object> times =
        Arrays.asList(
            LocalDateTime.parse("2024-03-10T02:30").toEpochSecond(ZoneOffset.UTC),
            LocalDateTime.parse("2024-11-03T01:30").toEpochSecond(ZoneOffset.UTC),
            LocalDateTime.parse("2024-11-03T12:00").toEpochSecond(ZoneOffset.UTC));
    assertEquals(
        Arrays.asList(null, null, 1_730_653_200L), attach(NEW_YORK, Unclear.MAKE_NULL, times));
    ValueException gap =
        assertThrows(
            ValueException.class, () -> attach(NEW_YORK, Unclear.FAIL, times.subList(0, 1)));
    assertEquals(
        "2024-03-10T02:30 does not exist in America/New_York, where the clock was changed; set"
            + " unclear to adjust or make-null",
        gap.getMessage());
    ValueException twice =
        assertThrows(
            ValueException.class, () -> attach(NEW_YORK, Unclear.FAIL, times.subList(1, 3)));
    assertEquals(
        "2024-11-03T01:30 exists twice in America/New_York, where the clock was changed; set"
            + " unclear to adjust or make-null",
        twice.getMessage());
    assertEquals(0, twice.row());
  }

  @Test
  void timesFarOutsideTheCalendarPass() {
    List<Object> far = List.of(Long.MAX_VALUE / 4, Long.MIN_VALUE / 4);
    assertEquals(2, attach(NEW_YORK, Unclear.FAIL, far).size());
  }

  @Test
  void aZoneIsAttachedOnce() {
    Schema schema = Rows.schema("t", new ArrowType.Timestamp(TimeUnit.SECOND, "UTC"));
    BindException e =
        assertThrows(
            BindException.class,
            () -> Drive.declared(new AttachZone(Columns.of("t"), NEW_YORK), schema));
    assertEquals(
        "column 't' is in the zone UTC already; use convert-zone to change it", e.getMessage());
  }
}
