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
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces each date or timestamp column by one int32 column {@code <column>_<part>} per part, such
 * as {@code sold_day_of_week}, in the proleptic Gregorian calendar. The new columns go to the end
 * and replace one of their name. Null rows stay null in each. A date counts as midnight.
 *
 * <p>Cost: linear, a table look-up for each part; a zone costs two comparisons a row more.
 *
 * <p>Like: Spark ML SQLTransformer (with year, month, dayofweek and so on, Sunday being 1).
 *
 * @param columns date and timestamp columns of any unit
 * @param parts which parts: {@code year}, {@code month} (1-12), {@code day} (1-31), {@code hour}
 *     (0-23), {@code minute}, {@code second} (0-59), {@code day-of-week} (1 Monday to 7 Sunday),
 *     {@code day-of-year} (1-366), {@code week} (1-53, ISO 8601), {@code quarter} (1-4), {@code
 *     is-weekend} (1 on Saturday and Sunday), {@code days-in-month} (28-31), {@code is-leap-year},
 *     {@code is-month-start}, {@code is-month-end}, {@code is-quarter-start}, {@code
 *     is-quarter-end}, {@code is-year-start}, {@code is-year-end} (1 on such a day, else 0)
 * @param zone the time zone to read timestamps in. Without it (the default) a timestamp with a zone
 *     is read in its own, and one without is taken for the wall clock and read as it stands. With
 *     it, a timestamp without a zone is taken for UTC. Dates have no zone and are not moved
 * @param cyclical write each part that comes round as a point on a circle, two float64 columns
 *     {@code <column>_<part>_sin} and {@code _cos}, so that December is next to January: the angle
 *     is 2π (value - smallest) / period, with periods of 12 months, 31 days, 24 hours, 60 minutes,
 *     60 seconds, 7 days, 366 days, 53 weeks and 4 quarters; the others stay int32 (default false)
 * @param keep keep the source columns (default false)
 */
public record DateParts(
    Columns columns, List<Part> parts, ZoneId zone, boolean cyclical, boolean keep)
    implements Transform {

  /** A part of a date or time. */
  public enum Part {
    YEAR(0, 0),
    MONTH(1, 12),
    DAY(1, 31),
    HOUR(0, 24),
    MINUTE(0, 60),
    SECOND(0, 60),
    DAY_OF_WEEK(1, 7),
    DAY_OF_YEAR(1, 366),
    WEEK(1, 53),
    QUARTER(1, 4),
    IS_WEEKEND(0, 0),
    DAYS_IN_MONTH(0, 0),
    IS_LEAP_YEAR(0, 0),
    IS_MONTH_START(0, 0),
    IS_MONTH_END(0, 0),
    IS_QUARTER_START(0, 0),
    IS_QUARTER_END(0, 0),
    IS_YEAR_START(0, 0),
    IS_YEAR_END(0, 0);

    final int smallest;

    /** After how many values it comes round; 0 for never. */
    final int period;

    Part(int smallest, int period) {
      this.smallest = smallest;
      this.period = period;
    }

    String suffix() {
      return "_" + name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public DateParts {
    Objects.requireNonNull(columns, "columns");
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("parts must name at least one part");
    }
    if (new LinkedHashSet<>(parts).size() < parts.size()) {
      throw new IllegalArgumentException("parts names a part twice: " + parts);
    }
  }

  public DateParts(Columns columns, List<Part> parts) {
    this(columns, parts, null, false, false);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.TEMPORAL);
    List<DatePartsKernel.Source> sources = new ArrayList<>();
    for (Field field : fields) {
      if (!keep) {
        binder.drop(field.getName());
      }
    }
    for (Field field : fields) {
      List<Field> outputs = new ArrayList<>();
      for (Part part : parts) {
        String name = field.getName() + part.suffix();
        if (cyclical && part.period > 0) {
          outputs.add(Types.field(name + "_sin", Types.FLOAT64));
          outputs.add(Types.field(name + "_cos", Types.FLOAT64));
        } else {
          outputs.add(Types.field(name, Types.INT32));
        }
      }
      outputs.forEach(binder::put);
      sources.add(new DatePartsKernel.Source(field, Zone.idOf(field, zone), outputs));
    }
    return binder.transform(context -> new DatePartsKernel(this, sources, context));
  }
}
