package dev.baton.operators.time;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Tells of each date or timestamp whether it is a holiday of a table, which one, and how many days
 * the next and the last are away: a column {@code <column>_<part>} for each part, at the end. Null
 * rows stay null in each.
 *
 * <p>Cost: a binary search a row; the table is read once for each stage that is opened.
 *
 * @param columns date and timestamp columns of any unit
 * @param table the holidays: {@code {dates: {dates: {2024-12-25: Christmas}}}} or {@code {rows:
 *     {source: {csv: {path: holidays.csv}}, date: date, name: name}}}
 * @param parts which columns: {@code is-holiday} (int32, 1 or 0), {@code holiday} (text, its name;
 *     null on other days), {@code days-to-holiday} and {@code days-since-holiday} (int32, 0 on a
 *     holiday; null behind the last and before the first one); by default all four
 * @param zone the time zone to read timestamps in, as for {@link DateParts}
 */
public record Holidays(Columns columns, HolidayTable table, List<Part> parts, ZoneId zone)
    implements Transform {

  /** What is told of a day. */
  public enum Part {
    IS_HOLIDAY,
    HOLIDAY,
    DAYS_TO_HOLIDAY,
    DAYS_SINCE_HOLIDAY;

    Field field(String column) {
      String name = column + "_" + name().toLowerCase(java.util.Locale.ROOT);
      return Types.field(name, this == HOLIDAY ? Types.UTF8 : Types.INT32);
    }
  }

  public Holidays {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(table, "table");
    parts = List.copyOf(parts);
    if (parts.isEmpty() || new LinkedHashSet<>(parts).size() < parts.size()) {
      throw new IllegalArgumentException("parts must name at least one part, each once: " + parts);
    }
  }

  public Holidays(Columns columns, HolidayTable table) {
    this(columns, table, List.of(Part.values()), null);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.TEMPORAL);
    List<ZoneId> zones = new ArrayList<>();
    for (Field field : fields) {
      zones.add(Zone.idOf(field, zone));
      parts.forEach(part -> binder.put(part.field(field.getName())));
    }
    SortedMap<Long, String> days = table.days();
    return binder.transform(context -> new HolidaysKernel(parts, fields, zones, days, context));
  }
}
