package dev.baton.operators.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class FormatTimeTest extends OperatorContract {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final ArrowType ZONED =
      new ArrowType.Timestamp(TimeUnit.MILLISECOND, "Asia/Kolkata");

  @Override
  protected Operator operator() {
    return new FormatTime(Columns.of("sold_on", "seen_at", "sent_at"), "dd/MM/yyyy HH:mm:ss.SSSS");
  }

  @Override
  protected Schema input() {
    return Rows.schema("sold_on", Types.DATE, "seen_at", Types.TIMESTAMP, "sent_at", ZONED);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    DateTimeFormatter formatter =
        DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss.SSSS", Locale.ENGLISH);
    Rows result = rows;
    for (String column : rows.names()) {
      result =
          result.with(
              Types.field(column, Types.UTF8),
              column,
              value -> value == null ? null : formatter.format(local(column, (Number) value)));
    }
    return result;
  }

  private static LocalDateTime local(String column, Number value) {
    return switch (column) {
      case "sold_on" -> EPOCH.plusDays(value.longValue());
      case "seen_at" -> EPOCH.plus(value.longValue(), ChronoUnit.MICROS);
      default ->
          LocalDateTime.ofInstant(
              Instant.ofEpochMilli(value.longValue()), ZoneId.of("Asia/Kolkata"));
    };
  }

  @Test
  void namesAreInTheLanguageAskedFor() {
    Rows day = new Rows(Rows.schema("t", Types.DATE), List.<Object[]>of(Rows.row(19_723)));
    assertEquals(
        List.of("Monday 1. January 2024"),
        drive.transform(new FormatTime(Columns.of("t"), "EEEE d. MMMM y"), day).column("t"));
    assertEquals(
        List.of("Montag 1. Januar 2024"),
        drive.transform(new FormatTime(Columns.of("t"), "EEEE d. MMMM y", "de"), day).column("t"));
  }

  @Test
  void aPatternThatIsNoneIsAnError() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new FormatTime(Columns.of("t"), "yyyy-bb"));
    assertTrue(e.getMessage().startsWith("'yyyy-bb' is no pattern of a date or time: "));
  }
}
