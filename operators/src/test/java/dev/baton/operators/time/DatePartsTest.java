package dev.baton.operators.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.time.DateParts.Part;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatePartsTest extends OperatorContract {
  private static final List<Part> ALL = List.of(Part.values());
  private static final ArrowType ZONED =
      new ArrowType.Timestamp(TimeUnit.MILLISECOND, "America/New_York");

  @Override
  protected Operator operator() {
    return new DateParts(Columns.of("sold_on", "seen_at", "sent_at"), ALL);
  }

  @Override
  protected Schema input() {
    return Rows.schema("sold_on", Types.DATE, "seen_at", Types.TIMESTAMP, "sent_at", ZONED);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : rows.names()) {
      for (Part part : ALL) {
        result =
            result.with(
                Types.field(column + part.suffix(), Types.INT32),
                column,
                value -> value == null ? null : (Object) part(part, local(column, value)));
      }
    }
    for (String column : rows.names()) {
      result = result.without(column);
    }
    return result;
  }

  private static LocalDateTime local(String column, Object value) {
    long number = ((Number) value).longValue();
    return switch (column) {
      case "sold_on" -> LocalDateTime.of(1970, 1, 1, 0, 0).plusDays(number);
      case "seen_at" -> LocalDateTime.of(1970, 1, 1, 0, 0).plus(number, ChronoUnit.MICROS);
      default ->
          LocalDateTime.ofInstant(Instant.ofEpochMilli(number), ZoneId.of("America/New_York"));
    };
  }

  private static int part(Part part, LocalDateTime time) {
    return switch (part) {
      case YEAR -> time.getYear();
      case MONTH -> time.getMonthValue();
      case DAY -> time.getDayOfMonth();
      case HOUR -> time.getHour();
      case MINUTE -> time.getMinute();
      case SECOND -> time.getSecond();
      case DAY_OF_WEEK -> time.getDayOfWeek().getValue();
      case DAY_OF_YEAR -> time.getDayOfYear();
      case WEEK -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case QUARTER -> time.get(IsoFields.QUARTER_OF_YEAR);
      case IS_WEEKEND -> time.getDayOfWeek().getValue() >= 6 ? 1 : 0;
      case DAYS_IN_MONTH -> YearMonth.from(time).lengthOfMonth();
      case IS_LEAP_YEAR -> YearMonth.from(time).isLeapYear() ? 1 : 0;
      case IS_MONTH_START -> time.getDayOfMonth() == 1 ? 1 : 0;
      case IS_MONTH_END -> time.plusDays(1).getDayOfMonth() == 1 ? 1 : 0;
      case IS_QUARTER_START -> time.get(IsoFields.DAY_OF_QUARTER) == 1 ? 1 : 0;
      case IS_QUARTER_END -> time.plusDays(1).get(IsoFields.DAY_OF_QUARTER) == 1 ? 1 : 0;
      case IS_YEAR_START -> time.getDayOfYear() == 1 ? 1 : 0;
      case IS_YEAR_END -> time.plusDays(1).getDayOfYear() == 1 ? 1 : 0;
    };
  }

  private Rows parts(DateParts operator, ArrowType type, Object... values) {
    List<Object[]> cells = new ArrayList<>();
    for (Object value : values) {
      cells.add(Rows.row(value));
    }
    return drive.transform(operator, new Rows(Rows.schema("t", type), cells));
  }

  private static DateParts hours(ZoneId zone) {
    return new DateParts(Columns.of("t"), List.of(Part.HOUR, Part.MINUTE), zone, false, false);
  }

  @ParameterizedTest
  @EnumSource(TimeUnit.class)
  void readsTimestampsOfEveryUnitAlsoBefore1970(TimeUnit unit) {
    long perSecond =
        switch (unit) {
          case SECOND -> 1L;
          case MILLISECOND -> 1_000L;
          case MICROSECOND -> 1_000_000L;
          case NANOSECOND -> 1_000_000_000L;
        };
    Rows rows =
        parts(
            new DateParts(Columns.of("t"), List.of(Part.YEAR, Part.SECOND)),
            new ArrowType.Timestamp(unit, null),
            -perSecond,
            perSecond * 86_400 * 365 + 7 * perSecond);
    assertEquals(List.of(1969, 1971), rows.column("t_year"));
    assertEquals(List.of(59, 7), rows.column("t_second"));
  }

  @Test
  void readsDatesInMilliseconds() {
    DateParts operator = new DateParts(Columns.of("t"), List.of(Part.YEAR, Part.DAY));
    DateMilliVector dates = new DateMilliVector("t", allocator);
    dates.allocateNew(2);
    dates.set(0, -86_400_000L);
    dates.setNull(1);
    dates.setValueCount(2);
    try (Batch batch = Batch.of(2, List.of(dates))) {
      assertEquals(DateUnit.MILLISECOND, ((ArrowType.Date) dates.getField().getType()).getUnit());
      Drive.apply(operator, batch.schema(), batch, allocator);
      assertEquals("[1969, null]", Rows.of(batch).column("t_year").toString());
      assertEquals("[31, null]", Rows.of(batch).column("t_day").toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "Africa/Monrovia"})
  void movesTimestampsToAZoneAsJavaTimeDoes(String name) {
    ZoneId zone = ZoneId.of(name);
    SplittableRandom random = new SplittableRandom(5);
    Object[] values = new Object[5000];
    for (int i = 0; i < values.length; i++) {
      // Half of them in order, so that the remembered interval counts too; from 1806 to 2169.
      values[i] =
          i % 2 == 0
              ? Instant.parse("2020-01-01T00:00:00Z").getEpochSecond() + i * 6000L
              : random.nextLong(-5_200_000_000L, 6_300_000_000L);
    }
    Rows rows = parts(hours(zone), new ArrowType.Timestamp(TimeUnit.SECOND, "UTC"), values);
    for (int i = 0; i < values.length; i++) {
      LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochSecond((long) values[i]), zone);
      assertEquals(time.getHour(), rows.get(i, "t_hour"), time.toString());
      assertEquals(time.getMinute(), rows.get(i, "t_minute"), time.toString());
    }
  }

  @Test
  void aTimestampWithoutZoneIsTakenForUtcWhenAZoneIsSet() {
    ArrowType type = new ArrowType.Timestamp(TimeUnit.SECOND, null);
    assertEquals(List.of(0), parts(hours(null), type, 0L).column("t_hour"));
    assertEquals(List.of(9), parts(hours(ZoneId.of("Asia/Tokyo")), type, 0L).column("t_hour"));
    assertEquals(List.of(0), parts(hours(ZoneId.of("Asia/Tokyo")), Types.DATE, 0).column("t_hour"));
    assertEquals(List.of(1), parts(hours(ZoneOffset.ofHours(1)), type, 0L).column("t_hour"));
  }

  @Test
  void cyclicalPartsArePointsOnACircle() {
    DateParts operator =
        new DateParts(Columns.of("t"), List.of(Part.MONTH, Part.YEAR), null, true, true);
    // January, April and December 1970.
    Rows rows = parts(operator, Types.DATE, 0, 90, 340, null);
    assertEquals(List.of("t", "t_month_sin", "t_month_cos", "t_year"), rows.names());
    assertEquals(0.0, rows.get(0, "t_month_sin"));
    assertEquals(1.0, rows.get(0, "t_month_cos"));
    assertEquals(1.0, rows.get(1, "t_month_sin"));
    assertEquals(-0.5, (double) rows.get(2, "t_month_sin"), 1e-15);
    assertEquals(Math.sqrt(0.75), (double) rows.get(2, "t_month_cos"), 1e-15);
    assertEquals(null, rows.get(3, "t_month_sin"));
    assertEquals(1970, rows.get(1, "t_year"));
  }

  @Test
  void cyclicalPartsOfEveryValueAreOnTheCircle() {
    DateParts operator = new DateParts(Columns.of("t"), ALL, null, true, false);
    Object[] values = new Object[2000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 40_000_000_000L;
    }
    Rows rows = parts(operator, Types.TIMESTAMP, values);
    assertTrue(rows.names().containsAll(List.of("t_is_weekend", "t_year", "t_week_cos")));
    for (String name : rows.names().stream().filter(n -> n.endsWith("_sin")).toList()) {
      for (int row = 0; row < rows.size(); row++) {
        double sine = (double) rows.get(row, name);
        double cosine = (double) rows.get(row, name.replace("_sin", "_cos"));
        assertEquals(1, sine * sine + cosine * cosine, 1e-12, name);
      }
    }
  }

  @Test
  void aTimeBeyondMillionsOfYearsIsAnErrorNamingIt() {
    ArrowType seconds = new ArrowType.Timestamp(TimeUnit.SECOND, null);
    ValueException e =
        assertThrows(
            ValueException.class,
            () -> parts(hours(null), seconds, 0L, null, 1_700_000_000_000_000L));
    assertEquals("t", e.column());
    assertEquals(2, e.row());
    assertEquals(
        "expected a time within 5.8 million years of 1970 but was 1700000000000000 seconds; check"
            + " the unit of the column, or filter such rows before",
        e.getMessage());
  }

  @Test
  void anUnknownZoneOfAColumnIsAnErrorNamingTheColumn() {
    ArrowType type = new ArrowType.Timestamp(TimeUnit.SECOND, "Mars/Olympus");
    BindException e = assertThrows(BindException.class, () -> parts(hours(null), type, 0L));
    assertEquals(
        "column 't' has the unknown time zone 'Mars/Olympus'; set zone to one such as Europe/Paris",
        e.getMessage());
  }

  @Test
  void noPartsOrAPartTwiceAreErrors() {
    assertEquals(
        "parts must name at least one part",
        assertThrows(
                IllegalArgumentException.class, () -> new DateParts(Columns.of("t"), List.of()))
            .getMessage());
    assertEquals(
        "parts names a part twice: [YEAR, YEAR]",
        assertThrows(
                IllegalArgumentException.class,
                () -> new DateParts(Columns.of("t"), List.of(Part.YEAR, Part.YEAR)))
            .getMessage());
  }

  @Test
  void monthsQuartersAndYearsStartAndEnd() {
    DateParts operator = new DateParts(Columns.of("t"), ALL);
    List<Object> days = new ArrayList<>();
    for (int day = 18_000; day < 20_000; day++) {
      days.add(day);
    }
    Rows rows = parts(operator, Types.DATE, days.toArray());
    for (int i = 0; i < days.size(); i++) {
      LocalDateTime time = local("sold_on", days.get(i));
      for (Part part : ALL) {
        assertEquals(part(part, time), rows.get(i, "t" + part.suffix()), part + " of " + time);
      }
    }
  }
}
