package dev.baton.operators.time;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.Calendar;
import dev.baton.operators.internal.Longs;
import dev.baton.operators.time.DateParts.Part;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Works on blocks of rows that fit the first-level cache: first to local days and seconds of the
 * day, then one loop per part.
 */
final class DatePartsKernel implements Kernel {
  /** One column to take apart; {@code zone} is null where values are read as they stand. */
  record Source(Field field, ZoneId zone, List<Field> outputs) {}

  private final DateParts operator;
  private final List<Source> sources;
  private final KernelContext context;
  private final List<Zone> zones = new ArrayList<>();
  private final Map<Part, double[]> sines = new EnumMap<>(Part.class);
  private final Map<Part, double[]> cosines = new EnumMap<>(Part.class);
  private final Seconds loaded = new Seconds();
  private final int[] days = new int[Longs.BLOCK];
  private final int[] secondsOfDay = new int[Longs.BLOCK];
  private final long[] dates = new long[Longs.BLOCK];
  private final int[] values = new int[Longs.BLOCK];

  DatePartsKernel(DateParts operator, List<Source> sources, KernelContext context) {
    this.operator = operator;
    this.sources = sources;
    this.context = context;
    for (Source source : sources) {
      zones.add(source.zone == null ? null : new Zone(source.zone));
    }
    for (Part part : operator.parts()) {
      if (operator.cyclical() && part.period > 0) {
        circle(part);
      }
    }
  }

  private void circle(Part part) {
    double[] sine = new double[part.smallest + part.period];
    double[] cosine = new double[part.smallest + part.period];
    for (int value = part.smallest; value < sine.length; value++) {
      double angle = 2 * Math.PI * (value - part.smallest) / part.period;
      // StrictMath: the same bits on every machine.
      sine[value] = StrictMath.sin(angle);
      cosine[value] = StrictMath.cos(angle);
    }
    sines.put(part, sine);
    cosines.put(part, cosine);
  }

  @Override
  public void apply(Batch batch) {
    List<FieldVector> made = new ArrayList<>();
    try {
      for (int i = 0; i < sources.size(); i++) {
        List<FieldVector> targets = new ArrayList<>();
        FieldVector source = batch.column(sources.get(i).field.getName());
        for (Field output : sources.get(i).outputs) {
          FieldVector target = Vectors.fixed(output, batch.rows(), context.allocator());
          made.add(target);
          targets.add(target);
          Vectors.copyValidity(source, target);
        }
        take(source, zones.get(i), targets);
      }
    } catch (Throwable e) {
      made.forEach(FieldVector::close);
      throw e;
    }
    if (!operator.keep()) {
      sources.forEach(source -> batch.drop(source.field.getName()));
    }
    made.forEach(batch::put);
  }

  private void take(FieldVector source, Zone zone, List<FieldVector> targets) {
    int rows = source.getValueCount();
    boolean nulls = Validity.nulls(source) > 0;
    for (int first = 0; first < rows; first += Longs.BLOCK) {
      int count = Math.min(Longs.BLOCK, rows - first);
      split(source, zone, nulls, first, count);
      int target = 0;
      for (Part part : operator.parts()) {
        part(part, count);
        if (sines.containsKey(part)) {
          look(sines.get(part), Vectors.data(targets.get(target++)) + 8L * first, count);
          look(cosines.get(part), Vectors.data(targets.get(target++)) + 8L * first, count);
        } else {
          long to = Vectors.data(targets.get(target++)) + 4L * first;
          for (int i = 0; i < count; i++) {
            Memory.putInt(to + 4L * i, values[i]);
          }
        }
      }
      context.checkpoint();
    }
  }

  private void look(double[] table, long to, int count) {
    for (int i = 0; i < count; i++) {
      Memory.putDouble(to + 8L * i, table[values[i]]);
    }
  }

  /** Fills days, seconds of the day and dates of a block; nulls become 1970-01-01. */
  private void split(FieldVector source, Zone zone, boolean nulls, int first, int count) {
    loaded.load(source, nulls, first, count);
    long[] seconds = loaded.seconds;
    if (zone != null) {
      zone.toLocal(seconds, count);
    }
    long outside = 0;
    for (int i = 0; i < count; i++) {
      long day = Math.floorDiv(seconds[i], 86400L);
      outside |= day ^ (int) day;
      days[i] = (int) day;
      secondsOfDay[i] = (int) (seconds[i] - day * 86400L);
      dates[i] = Calendar.date(day);
    }
    if (outside != 0) {
      refuse(source, first, count);
    }
  }

  private void refuse(FieldVector source, int first, int count) {
    for (int i = 0; i < count; i++) {
      long seconds = loaded.seconds[i];
      long day = Math.floorDiv(seconds, 86400L);
      if (day != (int) day) {
        throw new ValueException(
            source.getName(),
            first + i,
            String.format(
                "expected a time within 5.8 million years of 1970 but was %d seconds; check the"
                    + " unit of the column, or filter such rows before",
                seconds));
      }
    }
  }

  private void part(Part part, int count) {
    switch (part) {
      case YEAR -> {
        for (int i = 0; i < count; i++) {
          values[i] = (int) Calendar.year(dates[i]);
        }
      }
      case MONTH -> {
        for (int i = 0; i < count; i++) {
          values[i] = Calendar.month(dates[i]);
        }
      }
      case DAY -> {
        for (int i = 0; i < count; i++) {
          values[i] = Calendar.dayOfMonth(dates[i]);
        }
      }
      case HOUR -> {
        for (int i = 0; i < count; i++) {
          values[i] = secondsOfDay[i] / 3600;
        }
      }
      case MINUTE -> {
        for (int i = 0; i < count; i++) {
          values[i] = secondsOfDay[i] / 60 % 60;
        }
      }
      case SECOND -> {
        for (int i = 0; i < count; i++) {
          values[i] = secondsOfDay[i] % 60;
        }
      }
      case DAY_OF_WEEK -> {
        for (int i = 0; i < count; i++) {
          values[i] = Calendar.dayOfWeek(days[i]);
        }
      }
      case DAY_OF_YEAR -> {
        for (int i = 0; i < count; i++) {
          values[i] = Calendar.dayOfYear(dates[i]);
        }
      }
      case WEEK -> {
        for (int i = 0; i < count; i++) {
          values[i] = Calendar.week(days[i]);
        }
      }
      case QUARTER -> {
        for (int i = 0; i < count; i++) {
          values[i] = (Calendar.month(dates[i]) + 2) / 3;
        }
      }
      case IS_WEEKEND -> {
        for (int i = 0; i < count; i++) {
          values[i] = Calendar.dayOfWeek(days[i]) >= 6 ? 1 : 0;
        }
      }
      case DAYS_IN_MONTH -> {
        for (int i = 0; i < count; i++) {
          values[i] = Calendar.daysInMonth(dates[i]);
        }
      }
      case IS_LEAP_YEAR -> {
        for (int i = 0; i < count; i++) {
          values[i] = Calendar.isLeap(Calendar.year(dates[i])) ? 1 : 0;
        }
      }
      case IS_MONTH_START -> starts(count, 1);
      case IS_QUARTER_START -> starts(count, 3);
      case IS_YEAR_START -> starts(count, 12);
      case IS_MONTH_END -> ends(count, 1);
      case IS_QUARTER_END -> ends(count, 3);
      case IS_YEAR_END -> ends(count, 12);
    }
  }

  /** Whether a period of so many months, the first in January, starts on the day. */
  private void starts(int count, int months) {
    for (int i = 0; i < count; i++) {
      boolean first = (Calendar.month(dates[i]) - 1) % months == 0;
      values[i] = first && Calendar.dayOfMonth(dates[i]) == 1 ? 1 : 0;
    }
  }

  /** Whether such a period ends on the day. */
  private void ends(int count, int months) {
    for (int i = 0; i < count; i++) {
      boolean last = Calendar.month(dates[i]) % months == 0;
      boolean end = Calendar.dayOfMonth(dates[i]) == Calendar.daysInMonth(dates[i]);
      values[i] = last && end ? 1 : 0;
    }
  }
}
