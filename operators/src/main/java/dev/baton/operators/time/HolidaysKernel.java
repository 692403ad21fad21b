package dev.baton.operators.time;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.operators.internal.Longs;
import dev.baton.operators.internal.TextBuilder;
import dev.baton.operators.time.Holidays.Part;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Looks days up among sorted holidays. */
final class HolidaysKernel implements Kernel {
  private static final long SECONDS_PER_DAY = 86_400;

  private final List<Part> parts;
  private final List<Field> fields;
  private final List<Zone> zones = new ArrayList<>();
  private final KernelContext context;
  private final long[] holidays;
  private final byte[][] names;
  private final Seconds loaded = new Seconds();

  /** For each row the number of the first holiday on its day or later. */
  private int[] next = new int[0];

  private long[] days = new long[0];

  HolidaysKernel(
      List<Part> parts,
      List<Field> fields,
      List<ZoneId> zones,
      SortedMap<Long, String> table,
      KernelContext context) {
    this.parts = parts;
    this.fields = fields;
    this.context = context;
    zones.forEach(zone -> this.zones.add(zone == null ? null : new Zone(zone)));
    this.holidays = table.keySet().stream().mapToLong(day -> day).toArray();
    this.names =
        table.values().stream()
            .map(name -> name.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  @Override
  public void apply(Batch batch) {
    if (batch.rows() > next.length) {
      next = new int[batch.rows()];
      days = new long[batch.rows()];
    }
    for (int i = 0; i < fields.size(); i++) {
      FieldVector source = batch.column(fields.get(i).getName());
      find(source, zones.get(i));
      for (Part part : parts) {
        if (part == Part.HOLIDAY) {
          batch.put(names(source, part.field(source.getName()).getName()));
        } else {
          batch.put(numbers(source, part));
        }
      }
    }
  }

  private void find(FieldVector source, Zone zone) {
    int rows = source.getValueCount();
    boolean nulls = rows > 0 && Validity.nulls(source) > 0;
    for (int first = 0; first < rows; first += Longs.BLOCK) {
      int count = Math.min(Longs.BLOCK, rows - first);
      loaded.load(source, nulls, first, count);
      if (zone != null) {
        zone.toLocal(loaded.seconds, count);
      }
      for (int i = 0; i < count; i++) {
        long day = Math.floorDiv(loaded.seconds[i], SECONDS_PER_DAY);
        int found = Arrays.binarySearch(holidays, day);
        days[first + i] = day;
        next[first + i] = found >= 0 ? found : -found - 1;
      }
      context.checkpoint();
    }
  }

  private boolean isHoliday(int row) {
    return next[row] < holidays.length && holidays[next[row]] == days[row];
  }

  private FieldVector numbers(FieldVector source, Part part) {
    int rows = source.getValueCount();
    FieldVector target = Vectors.fixed(part.field(source.getName()), rows, context.allocator());
    Vectors.copyValidity(source, target);
    long to = Vectors.data(target);
    for (int row = 0; row < rows; row++) {
      boolean today = isHoliday(row);
      // Days until the next one, or from the last one.
      int which = next[row] - (part == Part.DAYS_SINCE_HOLIDAY && !today ? 1 : 0);
      if (part == Part.IS_HOLIDAY) {
        Memory.putInt(to + 4L * row, today ? 1 : 0);
      } else if (which < 0 || which >= holidays.length) {
        Validity.clear(Validity.address(target), row);
      } else {
        Memory.putInt(to + 4L * row, (int) Math.abs(holidays[which] - days[row]));
      }
    }
    return target;
  }

  private FieldVector names(FieldVector source, String name) {
    int rows = source.getValueCount();
    try (TextBuilder texts = new TextBuilder(name, rows, rows, context.allocator())) {
      for (int row = 0; row < rows; row++) {
        if (isHoliday(row) && Validity.isSet(Validity.address(source), row)) {
          byte[] holiday = names[next[row]];
          texts.append(holiday, holiday.length);
        } else {
          texts.appendNull();
        }
      }
      return texts.finish();
    }
  }
}
