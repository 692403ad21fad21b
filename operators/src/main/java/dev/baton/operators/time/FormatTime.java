package dev.baton.operators.time;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.Longs;
import dev.baton.operators.internal.TextBuilder;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Writes dates and timestamps, in place, as text in a pattern of {@link
 * java.time.format.DateTimeFormatter}, such as {@code dd/MM/yyyy} or {@code EEEE}. A date counts as
 * midnight; a timestamp with a zone is written as its wall clock there, one without as it stands.
 * Nulls stay null.
 *
 * <p>Cost: linear; patterns of nothing but {@code yyyy}, {@code MM}, {@code dd}, {@code HH}, {@code
 * mm}, {@code ss}, {@code S…} and signs without a string per value.
 *
 * <p>Like: Spark ML SQLTransformer (with date_format).
 *
 * @param columns date and timestamp columns of any unit
 * @param format the pattern
 * @param language of the names of months and days, as a BCP 47 tag (default en)
 */
public record FormatTime(Columns columns, String format, String language) implements Transform {

  public FormatTime {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(language, "language");
    new TimeFormat(format, language).write(0, 0);
  }

  public FormatTime(Columns columns, String format) {
    this(columns, format, "en");
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = binder.read(columns, TypeFamily.TEMPORAL);
    fields.forEach(field -> binder.put(Types.field(field.getName(), Types.UTF8)));
    fields.forEach(field -> Zone.idOf(field, null));
    return binder.transform(context -> new FormatKernel(fields, context));
  }

  private final class FormatKernel implements Kernel {
    private final List<Field> fields;
    private final List<Zone> zones = new ArrayList<>();
    private final KernelContext context;
    private final TimeFormat pattern = new TimeFormat(format, language);
    private final Seconds loaded = new Seconds();

    FormatKernel(List<Field> fields, KernelContext context) {
      this.fields = fields;
      this.context = context;
      fields.forEach(field -> zones.add(Zone.of(field, null)));
    }

    @Override
    public void apply(Batch batch) {
      for (int i = 0; i < fields.size(); i++) {
        String name = fields.get(i).getName();
        int rows = batch.rows();
        long bytes = Math.max(8, pattern.width()) * (long) rows;
        try (TextBuilder texts = new TextBuilder(name, rows, bytes, context.allocator())) {
          write(batch.column(name), zones.get(i), texts);
          batch.put(texts.finish());
        }
      }
    }

    private void write(FieldVector source, Zone zone, TextBuilder texts) {
      int rows = source.getValueCount();
      boolean nulls = rows > 0 && Validity.nulls(source) > 0;
      long validity = Validity.address(source);
      int nanosPerUnit = (int) (1_000_000_000 / Seconds.perSecond(source.getField().getType()));
      for (int first = 0; first < rows; first += Longs.BLOCK) {
        int count = Math.min(Longs.BLOCK, rows - first);
        loaded.load(source, nulls, first, count);
        if (zone != null) {
          zone.toLocal(loaded.seconds, count);
        }
        for (int i = 0; i < count; i++) {
          if (nulls && !Validity.isSet(validity, first + i)) {
            texts.appendNull();
            continue;
          }
          int nanos = (int) loaded.rest[i] * nanosPerUnit;
          if (pattern.width() > 0
              && pattern.write(loaded.seconds[i], nanos, texts.room(pattern.width()))) {
            texts.appendTo(texts.room(0) + pattern.width());
          } else {
            texts.append(text(source, first + i, loaded.seconds[i], nanos));
          }
        }
        context.checkpoint();
      }
    }

    private String text(FieldVector source, int row, long seconds, int nanos) {
      try {
        return pattern.write(seconds, nanos);
      } catch (DateTimeException e) {
        throw new ValueException(
            source.getName(),
            row,
            seconds + " seconds since 1970 are no time that the format can show: " + e.getMessage(),
            e);
      }
    }
  }
}
