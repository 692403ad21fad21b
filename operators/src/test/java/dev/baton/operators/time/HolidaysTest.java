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
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.time.Holidays.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HolidaysTest extends OperatorContract {
  private static final ArrowType ZONED = new ArrowType.Timestamp(TimeUnit.SECOND, "Asia/Tokyo");
  private static final TreeMap<LocalDate, String> DAYS = new TreeMap<>();

  static {
    for (int year = 1971; year < 2020; year++) {
      DAYS.put(LocalDate.of(year, 12, 25), "Noël");
      DAYS.put(LocalDate.of(year, 1, 1), "New Year");
    }
  }

  @TempDir private Path folder;

  @Override
  protected Operator operator() {
    Map<String, String> dates = new TreeMap<>();
    DAYS.forEach((day, name) -> dates.put(day.toString(), name));
    return new Holidays(Columns.of("sold_on", "sent_at"), new HolidayTable.Dates(dates));
  }

  @Override
  protected Schema input() {
    return Rows.schema("sold_on", Types.DATE, "sent_at", ZONED);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : List.of("sold_on", "sent_at")) {
      for (Part part : Part.values()) {
        result =
            result.with(
                part.field(column),
                column,
                value -> value == null ? null : told(part, day(column, (Number) value)));
      }
    }
    return result;
  }

  private static LocalDate day(String column, Number value) {
    return column.equals("sold_on")
        ? LocalDate.ofEpochDay(value.longValue())
        : LocalDate.ofInstant(Instant.ofEpochSecond(value.longValue()), ZoneId.of("Asia/Tokyo"));
  }

  private static Object told(Part part, LocalDate day) {
    LocalDate next = DAYS.ceilingKey(day);
    LocalDate last = DAYS.floorKey(day);
    return switch (part) {
      case IS_HOLIDAY -> DAYS.containsKey(day) ? 1 : 0;
      case HOLIDAY -> DAYS.get(day);
      case DAYS_TO_HOLIDAY ->
          next == null ? null : (Integer) (int) (next.toEpochDay() - day.toEpochDay());
      case DAYS_SINCE_HOLIDAY ->
          last == null ? null : (Integer) (int) (day.toEpochDay() - last.toEpochDay());
    };
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("holidays.csv"), text);
  }

  @Test
  void theTableCanBeAFile() throws IOException {
    Path file = file("region,name,date\nFR,Fête,1970-01-03\nFR,,1970-01-05\nFR,again,1970-01-03\n");
    Holidays operator = new Holidays(Columns.of("t"), new HolidayTable.Rows(new CsvSource(file)));
    List<Object[]> cells = new ArrayList<>();
    for (int day = 0; day < 6; day++) {
      cells.add(Rows.row(day));
    }
    Rows rows = drive.transform(operator, new Rows(Rows.schema("t", Types.DATE), cells));
    assertEquals("[null, null, Fête, null, , null]", rows.column("t_holiday").toString());
    assertEquals(List.of(0, 0, 1, 0, 1, 0), rows.column("t_is_holiday"));
    assertEquals("[2, 1, 0, 1, 0, null]", rows.column("t_days_to_holiday").toString());
    assertEquals("[null, null, 0, 1, 0, 1]", rows.column("t_days_since_holiday").toString());
  }

  @Test
  void aTableThatDoesNotFitIsAnError() throws IOException {
    Path file = file("name,day\nx,1\n");
    BindException missing =
        assertThrows(BindException.class, () -> bind(new HolidayTable.Rows(new CsvSource(file))));
    assertEquals("no column 'date'", missing.getMessage().substring(0, 16));
    BindException type =
        assertThrows(
            BindException.class,
            () -> bind(new HolidayTable.Rows(new CsvSource(file), "day", "name")));
    assertEquals(
        "the table of holidays has 'day' as int64 and 'name' as utf8; they must be a date and utf8",
        type.getMessage());
    assertEquals(
        "dates has 'xmas', which is no ISO date such as 2024-12-25",
        assertThrows(
                IllegalArgumentException.class,
                () -> new HolidayTable.Dates(Map.of("xmas", "Christmas")))
            .getMessage());
  }

  private static void bind(HolidayTable table) {
    Drive.declared(new Holidays(Columns.of("t"), table), Rows.schema("t", Types.DATE));
  }
}
