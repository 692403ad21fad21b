package dev.baton.operators.time;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.Calendar;
import dev.baton.operators.internal.IsoTimes;
import dev.baton.operators.internal.Strings;
import dev.baton.operators.internal.TextParser;
import dev.baton.operators.select.OnError;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Reads texts, in place, as dates or timestamps by the first of some formats that fits. A format is
 * {@code iso} ({@code 2024-02-29}, {@code 2024-02-29T13:45:59.123456}, a blank for the T, no
 * seconds) or a pattern of {@link java.time.format.DateTimeFormatter}, read strictly, such as
 * {@code dd/MM/yyyy HH:mm} or {@code d MMM uuuu}. Nulls stay null.
 *
 * <p>Without a time it is midnight. A pattern with an offset or a zone gives the time in UTC.
 * Microseconds are kept, what is finer is cut off.
 *
 * <p>Cost: linear; {@code iso} and patterns of nothing but {@code yyyy}, {@code MM}, {@code dd},
 * {@code HH}, {@code mm}, {@code ss}, {@code S…} and signs without a string per value.
 *
 * <p>Like: Spark ML SQLTransformer (with to_timestamp).
 *
 * @param columns text columns
 * @param formats the formats, tried in order (default iso)
 * @param to {@code timestamp} (the default) or {@code date}, which leaves the time out
 * @param onError what becomes of a text that fits none: {@code fail} (the default) or {@code
 *     make-null}
 * @param language of the names of months and days, as a BCP 47 tag (default en)
 */
public record ParseTime(
    Columns columns, List<String> formats, ArrowType to, OnError onError, String language)
    implements Transform {
  private static final String ISO = "iso";

  public ParseTime {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(onError, "onError");
    Objects.requireNonNull(language, "language");
    formats = List.copyOf(formats);
    if (formats.isEmpty()) {
      throw new IllegalArgumentException("formats must name at least one, such as iso");
    }
    if (!to.equals(Types.TIMESTAMP) && !to.equals(Types.DATE)) {
      throw new IllegalArgumentException("to must be timestamp or date but was " + Types.name(to));
    }
    for (String format : formats) {
      if (!format.equals(ISO)) {
        new TimeFormat(format, language);
      }
    }
  }

  /** ISO timestamps. */
  public ParseTime(Columns columns) {
    this(columns, List.of(ISO), Types.TIMESTAMP, OnError.FAIL, "en");
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.TEXT);
    List<String> names = fields.stream().map(Field::getName).toList();
    names.forEach(name -> binder.put(Types.field(name, to)));
    return binder.transform(context -> new ParseKernel(names, context));
  }

  private final class ParseKernel implements Kernel {
    private final List<String> names;
    private final KernelContext context;
    private final List<TimeFormat> patterns;
    private final TextParser iso;

    ParseKernel(List<String> names, KernelContext context) {
      this.names = names;
      this.context = context;
      this.patterns =
          formats.stream()
              .map(format -> format.equals(ISO) ? null : new TimeFormat(format, language))
              .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
      this.iso = new TextParser(Types.TIMESTAMP, context.allocator());
    }

    @Override
    public void apply(Batch batch) {
      for (String name : names) {
        FieldVector target =
            Vectors.fixed(Types.field(name, to), batch.rows(), context.allocator());
        try {
          parse(batch.column(name), target, batch.rows());
        } catch (Throwable e) {
          target.close();
          throw e;
        }
        batch.put(target);
      }
    }

    private void parse(FieldVector source, FieldVector target, int rows) {
      Vectors.copyValidity(source, target);
      long validity = Validity.address(target);
      long offsets = Vectors.offsets(source);
      long data = Vectors.data(source);
      long out = Vectors.data(target);
      boolean days = to.equals(Types.DATE);
      for (int row = 0; row < rows; row++) {
        if ((row & 1023) == 0) {
          context.checkpoint();
        }
        if (!Validity.isSet(validity, row)) {
          continue;
        }
        int start = Memory.getInt(offsets + 4L * row);
        long micros = parse(data + start, Memory.getInt(offsets + 4L * row + 4) - start);
        long day = Math.floorDiv(micros, Calendar.MICROS_PER_DAY);
        if (micros == TimeFormat.NONE) {
          refuse(source, row);
          Validity.clear(validity, row);
        } else if (days) {
          Memory.putInt(out + 4L * row, (int) day);
        } else {
          Memory.putLong(out + 8L * row, micros);
        }
      }
    }

    private long parse(long address, int length) {
      for (TimeFormat pattern : patterns) {
        long micros =
            pattern != null
                ? pattern.parse(address, length)
                : iso.parse(address, length) ? iso.whole() : IsoTimes.NONE;
        if (micros != TimeFormat.NONE) {
          return micros;
        }
      }
      return TimeFormat.NONE;
    }

    private void refuse(FieldVector source, int row) {
      if (onError == OnError.FAIL) {
        throw new ValueException(
            source.getName(),
            row,
            String.format(
                "'%s' is no time in the format %s; add its format to 'formats' or set onError to"
                    + " make-null",
                Strings.of(source, row), String.join(" or ", formats)));
      }
    }

    @Override
    public void close() {
      iso.close();
    }
  }
}
