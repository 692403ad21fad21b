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
import dev.baton.operators.time.TimeDifference.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class TimeDifferenceTest extends OperatorContract {
  private static final ArrowType NANOS = new ArrowType.Timestamp(TimeUnit.NANOSECOND, null);

  @Override
  protected Operator operator() {
    return new TimeDifference(
        Columns.of("sold_on", "seen_at"), new TimePoint("ordered"), Unit.HOURS);
  }

  @Override
  protected Schema input() {
    return Rows.schema("sold_on", Types.DATE, "seen_at", Types.TIMESTAMP, "ordered", NANOS);
  }

  @Override
  protected double tolerance() {
    return 1e-14;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    List<Object> sold = new ArrayList<>();
    List<Object> hours = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      Object ordered = rows.get(row, "ordered");
      sold.add(hours(rows.get(row, "sold_on"), "86400", ordered));
      hours.add(hours(rows.get(row, "seen_at"), "0.000001", ordered));
    }
    return rows.with(Types.field("sold_on_hours", Types.FLOAT64), sold)
        .with(Types.field("seen_at_hours", Types.FLOAT64), hours);
  }

  private static Object hours(Object later, String unit, Object nanos) {
    if (later == null || nanos == null) {
      return null;
    }
    BigDecimal seconds = new BigDecimal(later.toString()).multiply(new BigDecimal(unit));
    BigDecimal since = new BigDecimal(nanos.toString()).movePointLeft(9);
    return seconds
        .subtract(since)
        .divide(new BigDecimal(3600), MathContext.DECIMAL128)
        .doubleValue();
  }

  private List<Object> since(String since, Unit unit, Object... micros) {
    List<Object[]> cells = new ArrayList<>();
    Arrays.asList(micros).forEach(value -> cells.add(Rows.row(value)));
    String name = "t_" + unit.name().toLowerCase(java.util.Locale.ROOT);
    return drive
        .transform(
            new TimeDifference(Columns.of("t"), TimePoint.parse(since), unit),
            new Rows(Rows.schema("t", Types.TIMESTAMP), cells))
        .column(name);
  }

  @Test
  void aConstantIsSubtractedInAnyUnit() {
    assertEquals(
        Arrays.asList(1.0, null, -0.5),
        since("1970-01-01", Unit.DAYS, 86_400_000_000L, null, -43_200_000_000L));
    assertEquals(List.of(-1.0), since("1970-01-08", Unit.WEEKS, 0L));
    assertEquals(List.of(1.5), since("1970-01-01T00:01", Unit.MINUTES, 150_000_000L));
    assertEquals(List.of(0.25), since("1970-01-01 00:00:00.5", Unit.SECONDS, 750_000L));
    assertEquals(List.of(1.5), since("1970-01-01", Unit.MILLISECONDS, 1_500L));
    assertEquals(
        List.of(1e12 + 0.25), since("1970-01-01", Unit.MILLISECONDS, 1_000_000_000_000_250L));
  }

  @Test
  void whatCannotBeIsAnError() {
    assertEquals(
        "'2024-02-30' is no ISO date or timestamp; write one such as 2024-02-29T13:45",
        assertThrows(IllegalArgumentException.class, () -> TimePoint.parse("2024-02-30"))
            .getMessage());
    Schema schema =
        Rows.schema("a", new ArrowType.Timestamp(TimeUnit.SECOND, "UTC"), "b", Types.TIMESTAMP);
    BindException e =
        assertThrows(
            BindException.class,
            () -> Drive.declared(new TimeDifference(Columns.of("a"), new TimePoint("b")), schema));
    assertEquals(
        "column 'a' has a time zone and 'b' has none; put attach-zone before this stage for 'b'",
        e.getMessage());
  }
}
