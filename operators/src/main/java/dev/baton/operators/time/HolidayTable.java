package dev.baton.operators.time;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.operators.internal.SmallTable;
import dev.baton.operators.internal.Strings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Which days are holidays. In YAML: {@code {dates: {dates: {2024-12-25: Christmas}}}} or {@code
 * {rows: {source: {csv: {path: holidays.csv}}}}}.
 */
public sealed interface HolidayTable {
  /**
   * ISO dates with the name of each holiday.
   *
   * @param dates the names by date
   */
  record Dates(Map<String, String> dates) implements HolidayTable {
    public Dates {
      dates = Map.copyOf(dates);
      if (dates.isEmpty()) {
        throw new IllegalArgumentException("dates must have at least one date");
      }
      for (String date : dates.keySet()) {
        try {
          LocalDate.parse(date);
        } catch (DateTimeException e) {
          throw new IllegalArgumentException(
              "dates has '" + date + "', which is no ISO date such as 2024-12-25", e);
        }
      }
    }
  }

  /**
   * The rows of a table, which is read wherever a stage is opened, so a worker process must see it
   * too. Rows without a date do not count.
   *
   * @param source the table
   * @param date its column of dates or timestamps (default date)
   * @param name its text column of names (default name)
   */
  record Rows(Source source, String date, String name) implements HolidayTable {
    public Rows {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(date, "date");
      Objects.requireNonNull(name, "name");
    }

    public Rows(Source source) {
      this(source, "date", "name");
    }
  }

  /** The name of each holiday by its day since 1970; of a day with several the first. */
  default SortedMap<Long, String> days() {
    SortedMap<Long, String> days = new TreeMap<>();
    if (this instanceof Dates listed) {
      listed.dates().forEach((date, name) -> days.put(LocalDate.parse(date).toEpochDay(), name));
    } else if (this instanceof Rows rows) {
      check(rows);
      SmallTable.read(
          rows.source(), inOrder(rows), batch -> read(batch, rows.date(), rows.name(), days));
    }
    return days;
  }

  private static Schema schema(Rows rows) {
    try (OpenSource open = rows.source().open()) {
      return open.schema();
    } catch (IOException e) {
      throw new UncheckedIOException("the table of holidays: " + e.getMessage(), e);
    }
  }

  private static void check(Rows rows) {
    Schema schema = schema(rows);
    Field date = Columns.find(schema, rows.date());
    Field name = Columns.find(schema, rows.name());
    if (!TypeFamily.TEMPORAL.accepts(date.getType()) || !TypeFamily.TEXT.accepts(name.getType())) {
      throw new BindException(
          String.format(
              "the table of holidays has '%s' as %s and '%s' as %s; they must be a date and utf8",
              date.getName(),
              Types.name(date.getType()),
              name.getName(),
              Types.name(name.getType())));
    }
  }

  private static List<String> inOrder(Rows rows) {
    return schema(rows).getFields().stream()
        .map(Field::getName)
        .filter(column -> column.equals(rows.date()) || column.equals(rows.name()))
        .toList();
  }

  private static void read(Batch batch, String date, String name, Map<Long, String> days) {
    FieldVector dates = batch.column(date);
    FieldVector names = batch.column(name);
    Seconds loaded = new Seconds();
    for (int row = 0; row < batch.rows(); row++) {
      if (Validity.isSet(Validity.address(dates), row)) {
        loaded.load(dates, false, row, 1);
        boolean named = Validity.isSet(Validity.address(names), row);
        days.putIfAbsent(
            Math.floorDiv(loaded.seconds[0], 86_400L), named ? Strings.of(names, row) : "");
      }
    }
  }
}
